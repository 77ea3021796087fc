import { describe, expect, it } from 'vitest';
import { memorySink } from './memory-sink.ts';

const bytes = (...values: number[]) => new Uint8Array(values);
const read = async (file: Blob) => [...new Uint8Array(await file.arrayBuffer())];

describe('memorySink', () => {
  it('takes writes in any order and ends where the last byte is', async () => {
    const sink = memorySink();
    sink.write(bytes(3, 4), 2);
    sink.write(bytes(1, 2), 0);
    const file = await sink.finish('video/mp4');
    expect(await read(file)).toEqual([1, 2, 3, 4]);
    expect(file.type).toBe('video/mp4');
  });

  it('grows', async () => {
    const sink = memorySink();
    const block = new Uint8Array(2 ** 20).fill(7);
    for (let i = 0; i < 5; i++) sink.write(block, i * block.length);
    const file = await sink.finish('');
    expect(file.size).toBe(5 * 2 ** 20);
    expect((await read(file)).every((value) => value === 7)).toBe(true);
  });
});
