import { describe, expect, it } from 'vitest';
import { newRecords } from '../../testing/fake-browser.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { openWeights } from '../../domain/weights/weight-file.ts';
import { blobSource, chunkedSource, sourceOf } from './byte-sources.ts';
import { contentWriter } from './content-writer.ts';
import { chunkBytes } from './content.ts';
import { storedModelFiles } from './stored-files.ts';
import type { Manifest } from './manifest.ts';

const path = 'unet/diffusion_pytorch_model.safetensors';

async function storedFiles(bytes: Uint8Array) {
  const records = newRecords();
  const sink = await contentWriter(records, 'w', { path, sizeBytes: bytes.length });
  await sink.append(bytes);
  await sink.finish();
  const plan = { filled: [{ path: 'unet/config.json', text: '{}' }] } as unknown as Manifest['plan'];
  const files = [{ path, key: 'w', sizeBytes: bytes.length }];
  return storedModelFiles(records, { version: 1, plan, files, storedAtMs: 0 });
}

describe('files piece by piece', () => {
  it('a tensor that lies across the border of two chunks is read from storage', async () => {
    const lead = chunkBytes / 4 + 100;
    const tensors = { a: floats([lead], new Array<number>(lead).fill(1)), b: floats([3], [1, 2, 3]) };
    const files = await storedFiles(safetensors(tensors));
    let loadedBytes = 0;
    const source = sourceOf(files, path, (bytes) => (loadedBytes += bytes));
    const { tensors: read } = await openWeights(source);
    expect([...(await read.get('b')!.float32())]).toEqual([1, 2, 3]);
    expect((await read.get('a')!.float32()).every((value) => value === 1)).toBe(true);
    expect(loadedBytes).toBe(source.sizeBytes);
    expect(await sourceOf(files, 'unet/config.json').read(0, 2)).toEqual(new Uint8Array([0x7b, 0x7d]));
  });

  it('no more than some chunks are in memory, and each is read once on the way through', async () => {
    const asked: number[] = [];
    const readChunk = (index: number) => {
      asked.push(index);
      return Promise.resolve(new Uint8Array(chunkBytes).fill(index));
    };
    const source = chunkedSource({ name: 'x', sizeBytes: 6 * chunkBytes, readChunk });
    for (let at = 0; at < 6 * chunkBytes; at += chunkBytes / 2) {
      expect((await source.read(at, 4))[3]).toBe(Math.floor(at / chunkBytes));
    }
    expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
    await source.read(0, 1);
    expect(asked).toEqual([0, 1, 2, 3, 4, 5, 0]);
  });

  it('files that come as a whole are fetched once; what they do not have is told', async () => {
    let fetched = 0;
    const files = {
      list: () => [{ path: 'a', sizeBytes: 3 }],
      readBytes: () => Promise.resolve(Uint8Array.of(1, 2, 3 + fetched++)),
      readText: () => Promise.resolve(''),
    };
    const source = sourceOf(files, 'a');
    expect([...(await source.read(1, 2))]).toEqual([2, 3]);
    expect([...(await source.read(2, 1))]).toEqual([3]);
    await expect(source.read(2, 2)).rejects.toMatchObject({ code: 'file-corrupt' });
    expect(() => sourceOf(files, 'b')).toThrow(/no file b/);
  });

  it('a picked file is read where it lies', async () => {
    const source = blobSource('x', new Blob([Uint8Array.of(5, 6, 7)]));
    expect([...(await source.read(1, 2))]).toEqual([6, 7]);
    await expect(source.read(-1, 1)).rejects.toMatchObject({ code: 'file-corrupt' });
  });
});
