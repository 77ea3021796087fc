import { expect, test } from 'vitest';
import { generateSchema } from '../../domain/api/schemas.ts';
import { AppError } from '../../domain/errors.ts';
import type { MakingDeps } from '../making/making-context.ts';
import { beginning } from './sent-picture.ts';

const never = () => Promise.reject(new Error('not asked for'));

/** Every file is as large as this; masks are white on the left. */
const images = (width: number, height: number): MakingDeps['images'] => ({
  encode: never,
  pngOfRows: never,
  measure: async (file) => {
    if ((await file.text()) === 'none') throw new AppError('not-an-image', 'cannot be read');
    return { width, height };
  },
  decode: (_file, size) => {
    const data = new Uint8ClampedArray(size.width * size.height * 4);
    for (let at = 0; at < data.length; at++) data[at] = at % 4 === 3 || (at >> 2) % size.width < 2 ? 255 : 0;
    return Promise.resolve({ ...size, data });
  },
});

const request = (fields: object) => generateSchema.parse({ prompt: 'a', ...fields });
const base64 = (text: string) => Buffer.from(text).toString('base64');

test('without a picture there is nothing to begin from', async () => {
  expect(await beginning(images(8, 8), request({}))).toBeNull();
});

test('a picture is begun from with its strength, in its size', async () => {
  const begun = await beginning(images(6, 4), request({ image: base64('png'), strength: 0.3 }));
  expect(begun).toMatchObject({ size: { width: 6, height: 4 }, source: { strength: 0.3 } });
  expect(await begun!.source.file.text()).toBe('png');
});

test('what is white in the mask is painted over, in the size of the picture', async () => {
  const fields = { image: base64('png'), mask: base64('mask'), inpaint_area: 'masked', mask_padding: 9 };
  const { source } = (await beginning(images(4, 2), request(fields)))!;
  expect(source.inpaint).toMatchObject({ area: 'masked', paddingPx: 9, content: 'original', featherPx: 4 });
  expect([...source.inpaint!.mask.data]).toEqual([255, 255, 0, 0, 255, 255, 0, 0]);
});

test('what is no picture, or too large, is refused with the field that brought it', async () => {
  const broken = beginning(images(4, 4), request({ image: base64('none') }));
  await expect(broken).rejects.toMatchObject({ code: 'bad-input', field: 'image' });
  const mask = beginning(images(4, 4), request({ image: base64('png'), mask: base64('none') }));
  await expect(mask).rejects.toMatchObject({ code: 'bad-input', field: 'mask' });
  const large = beginning(images(5000, 4), request({ image: base64('png') }));
  await expect(large).rejects.toMatchObject({ code: 'bad-input', field: 'image' });
});
