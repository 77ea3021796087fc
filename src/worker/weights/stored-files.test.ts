import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecords } from '../../testing/fake-browser.ts';
import { contentWriter } from './content-writer.ts';
import { chunkBytes } from './content.ts';
import type { RecordStore } from './idb.ts';
import type { Manifest } from './manifest.ts';
import { storedModelFiles } from './stored-files.ts';

const path = 'unet/model.onnx_data';
const sizeBytes = 2 * chunkBytes + 5;

async function store(records: RecordStore): Promise<Manifest> {
  const sink = await contentWriter(records, 'w', { path, sizeBytes });
  await sink.append(new Uint8Array(sizeBytes).fill(7));
  await sink.finish();
  const plan = { filled: [] } as unknown as Manifest['plan'];
  return { version: 1, plan, files: [{ path, key: 'w', sizeBytes }], storedAtMs: 0 };
}

/** Node has it from version 21 on. */
function transfer(this: ArrayBuffer, length: number): ArrayBuffer {
  structuredClone(this, { transfer: [this] });
  return new ArrayBuffer(length);
}

if (!('transfer' in ArrayBuffer.prototype)) {
  beforeAll(() => void Object.assign(ArrayBuffer.prototype, { transfer }));
  afterAll(() => void Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer'));
}

describe('a stored file', () => {
  it('is read chunk after chunk into one piece of memory', async () => {
    const records = newRecords();
    const files = storedModelFiles(records, await store(records));
    const told: number[] = [];
    const bytes = await files.readBytes(path, (count) => told.push(count));
    expect(told).toEqual([chunkBytes, chunkBytes, 5]);
    expect(bytes.buffer.byteLength).toBe(sizeBytes);
    expect([bytes[0], bytes.at(-1)]).toEqual([7, 7]);
  });

  it('that its reader is done with takes no memory any more, and can be read again', async () => {
    const records = newRecords();
    const files = storedModelFiles(records, await store(records));
    const bytes = await files.readBytes(path);
    files.letGo!(bytes);
    expect(bytes.byteLength).toBe(0);
    expect((await files.readBytes(path)).length).toBe(sizeBytes);
  });
});
