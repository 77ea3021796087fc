import { deflateSync } from 'node:zlib';
import { makeChunk } from '../domain/recipe/png-chunks.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A real PNG of grey ramps, 8 bits RGB, with `extra` chunks between header and pixels. */
export function makePng(width = 8, height = 8, extra: readonly Uint8Array[] = []): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8);
  const rowBytes = 1 + width * 3;
  const rows = Uint8Array.from({ length: rowBytes * height }, (_, i) => (i % rowBytes === 0 ? 0 : i % 251));
  const idat = makeChunk('IDAT', deflateSync(rows));
  return joinBytes([
    signature,
    makeChunk('IHDR', header),
    ...extra,
    idat,
    makeChunk('IEND', new Uint8Array()),
  ]);
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
