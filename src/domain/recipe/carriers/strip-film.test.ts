import { expect, test } from 'vitest';
import { decodeLatin1, encodeLatin1 } from '../text-bytes.ts';
import { joinBytes } from '../png-chunks.ts';
import { stripFilm } from './strip-film.ts';

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes([encodeLatin1(type), ...parts]);
  const head = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, 4 + body.length);
  return joinBytes([head, body]);
}

test('the comment of an MP4 is gone, and nothing has moved', () => {
  const told = box('udta', box('meta', encodeLatin1('....©cmt the recipe')));
  const trak = box('trak', box('tkhd', new Uint8Array(4)), box('udta', encodeLatin1('a name')));
  const film = joinBytes([
    box('ftyp', encodeLatin1('isom')),
    box('mdat', encodeLatin1('udta frames')),
    box('moov', box('mvhd', new Uint8Array(8)), trak, told),
  ]);
  const stripped = stripFilm(film);
  expect(stripped).toHaveLength(film.length);
  const text = decodeLatin1(stripped);
  expect([text.includes('recipe'), text.includes('a name'), text.includes('udta frames')]).toEqual([
    ...[false, false, true],
  ]);
  expect(text.split('free')).toHaveLength(3);
});

test('the tags of a WebM become room of the same length', () => {
  const element = (id: readonly number[], body: Uint8Array) =>
    joinBytes([Uint8Array.from([...id, 0x40, body.length]), body]);
  const tags = element([0x12, 0x54, 0xc3, 0x67], encodeLatin1('COMMENT the recipe'));
  const cluster = element([0x1f, 0x43, 0xb6, 0x75], encodeLatin1('frames'));
  const film = joinBytes([
    element([0x1a, 0x45, 0xdf, 0xa3], encodeLatin1('webm')),
    element([0x18, 0x53, 0x80, 0x67], joinBytes([cluster, tags, cluster])),
  ]);
  const stripped = stripFilm(film);
  const at = film.length - cluster.length - tags.length;
  expect(decodeLatin1(stripped)).not.toContain('recipe');
  expect([...stripped.subarray(at, at + 9)]).toEqual([0xec, 1, 0, 0, 0, 0, 0, 0, tags.length - 9]);
  expect(stripped.subarray(at + tags.length)).toEqual(cluster);
  expect(stripped.subarray(0, at)).toEqual(film.subarray(0, at));
});

test('what is no film is refused', () => {
  expect(() => stripFilm(encodeLatin1('a text that is no film'))).toThrow(/neither/);
});
