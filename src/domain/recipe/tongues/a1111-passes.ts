/** What the web UI's texts tell of a second pass ("Hires. fix") and of inpainting. */
import { maskedContents, usualInpainting, type MaskedContent } from '../../diffusion/edit/inpainting.ts';
import { isWithin, limits, type Range } from '../../limits.ts';
import { toNumber, type Teller } from '../told.ts';

export type Pairs = ReadonlyMap<string, string>;

/** Sides above 0; `0x0` leaves it to the other size. */
export function sizeOf(text: string | undefined): readonly [number, number] | undefined {
  const match = /^(\d{1,5})\s*[x×]\s*(\d{1,5})$/.exec(text ?? '');
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  return width > 0 && height > 0 ? [width, height] : undefined;
}

const secondPass = /^(hires|first pass size|second pass|refine)/;
/** Of the second pass, what is not made here: it has the first one's sampler, words, model and guidance. */
const ofItsOwn = /^hires (sampler|schedule type|checkpoint|prompt|negative prompt|cfg scale|module)/;

/** `Denoising strength` is that of the second pass where there is one, else that of image-to-image. */
export function tellPasses(teller: Teller, pairs: Pairs): void {
  const keys = [...pairs.keys()];
  if (keys.some((key) => secondPass.test(key))) tellSecondPass(teller, pairs);
  else teller.strength(pairs.get('denoising strength'));
  if (keys.some((key) => /^(mask blur|inpaint|masked)/.test(key))) tellInpainting(teller, pairs);
  if (keys.some((key) => key.startsWith('refiner'))) teller.note({ kind: 'refiner' });
}

function tellSecondPass(teller: Teller, pairs: Pairs): void {
  const told = teller.hires({
    scale: scaleOf(pairs),
    steps: pairs.get('hires steps'),
    strength: pairs.get('denoising strength'),
    upscaler: pairs.get('hires upscaler'),
  });
  const scale = pairs.get('hires upscale') ?? pairs.get('hires resize');
  if (!told) teller.note({ kind: 'second-pass', how: scale ? `Hires. fix, ${scale}` : 'Hires. fix' });
  const others = [...pairs].filter(([key, value]) => ofItsOwn.test(key) && !isUsual(key, value, pairs));
  teller.names(
    'part',
    others.map(([key]) => `${key[0]!.toUpperCase()}${key.slice(1)}`),
  );
}

/** Forge repeats what the first pass has. */
const isUsual = (key: string, value: string, pairs: Pairs) =>
  value === 'Use same' || value.startsWith('Use same') || value === pairs.get(key.replace(/^hires /, ''));

/** As a factor, or by the size that comes of it, where that has the first one's shape. */
function scaleOf(pairs: Pairs): number | undefined {
  const said = toNumber(pairs.get('hires upscale'));
  if (said !== undefined) return said;
  const [size, first] = [sizeOf(pairs.get('size')), sizeOf(pairs.get('first pass size'))];
  const [from, to] = first ? [first, size] : [size, resizeOf(pairs.get('hires resize'))];
  if (!from || !to) return undefined;
  const scales = to.map((side, at) => side / from[at]!).filter((scale) => scale > 0);
  return Math.max(...scales) === Math.min(...scales) ? scales[0] : undefined;
}

/** A side of 0 follows from the other. */
function resizeOf(text: string | undefined): readonly [number, number] | undefined {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

const contents: Readonly<Record<string, MaskedContent>> = {
  fill: 'fill',
  'latent noise': 'noise',
  'latent nothing': 'noise',
};

/** As the web UI names what is masked; `original` it leaves unsaid. */
export const contentName = (content: MaskedContent): string =>
  Object.keys(contents).find((name) => contents[name] === content) ?? content;

function tellInpainting(teller: Teller, pairs: Pairs): void {
  teller.note({ kind: 'inpainting' });
  const said = pairs.get('masked content') ?? 'original';
  teller.inpaint({
    content: contents[said] ?? maskedContents.find((content) => content === said) ?? 'original',
    area: pairs.get('inpaint area')?.toLowerCase() === 'only masked' ? 'masked' : 'whole',
    paddingPx: pixels(pairs.get('masked area padding'), limits.edit.paddingPx, usualInpainting.paddingPx),
    featherPx: pixels(pairs.get('mask blur'), limits.edit.featherPx, usualInpainting.featherPx),
  });
}

function pixels(said: string | undefined, range: Range, usual: number): number {
  const value = toNumber(said);
  return value !== undefined && isWithin(value, range) ? Math.round(value) : usual;
}
