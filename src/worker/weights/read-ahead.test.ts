import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { ModelFiles } from './model-files.ts';
import { readAhead } from './read-ahead.ts';

const list = [
  { path: 'vae_encoder/model.onnx', sizeBytes: 5 },
  { path: 'unet/model.onnx', sizeBytes: 7 },
  { path: 'tokenizer/tokenizer.json', sizeBytes: 3 },
  { path: 'text_encoder/model.onnx', sizeBytes: 4 },
  { path: 'model_index.json', sizeBytes: 2 },
];

/** Files that come when the test says so. */
function heldFiles(files = list) {
  const asked: string[] = [];
  const open = new Map<
    string,
    { onBytes: (bytes: number) => void; end: (bytes: Uint8Array | Error) => void }
  >();
  const held: ModelFiles = {
    list: () => files,
    readText: () => Promise.reject(new Error('by way of bytes')),
    readBytes: (path, onBytes = () => undefined) => {
      asked.push(path);
      return new Promise((resolve, reject) => {
        const end = (bytes: Uint8Array | Error) => (bytes instanceof Error ? reject(bytes) : resolve(bytes));
        open.set(path, { onBytes, end });
      });
    },
  };
  return { held, asked, come: (path: string) => open.get(path)! };
}

describe('what a picture needs', () => {
  it('is asked for at once, what says how first, and nothing else', () => {
    const { held, asked } = heldFiles();
    readAhead(held);
    expect(asked).toEqual(['model_index.json', 'text_encoder/model.onnx', 'unet/model.onnx']);
  });

  it('is handed out as it came, with all its bytes told', async () => {
    const { held, asked, come } = heldFiles();
    const files = readAhead(held);
    const told: number[] = [];
    come('unet/model.onnx').onBytes(3);
    const bytes = files.readBytes('unet/model.onnx', (more) => told.push(more));
    come('unet/model.onnx').onBytes(4);
    come('unet/model.onnx').end(Uint8Array.of(1, 2));
    expect(await bytes).toEqual(Uint8Array.of(1, 2));
    expect(told).toEqual([3, 4]);
    expect(asked).toHaveLength(3);
  });

  it('is read again when it is asked for again, and text comes the same way', async () => {
    const { held, asked, come } = heldFiles();
    const files = readAhead(held);
    const text = files.readText('model_index.json');
    come('model_index.json').end(new TextEncoder().encode('{}'));
    expect(await text).toBe('{}');
    void files.readBytes('model_index.json');
    expect(asked.filter((path) => path === 'model_index.json')).toHaveLength(2);
  });

  it('fails when it is asked for, and not before', async () => {
    const { held, come } = heldFiles();
    const files = readAhead(held);
    come('unet/model.onnx').end(new AppError('download-failed', 'gone'));
    await expect(files.readBytes('unet/model.onnx')).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('is waited for no longer than the person wants', async () => {
    const { held } = heldFiles();
    const controller = new AbortController();
    const bytes = readAhead(held).readBytes('unet/model.onnx', undefined, controller.signal);
    controller.abort(new Error('enough'));
    await expect(bytes).rejects.toThrow('enough');
  });
});

it('a large model is read part by part, as ever', () => {
  const { held, asked } = heldFiles([{ path: 'unet/model.onnx', sizeBytes: 2 ** 30 }]);
  expect(readAhead(held)).toBe(held);
  expect(asked).toEqual([]);
});
