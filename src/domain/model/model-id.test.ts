import { describe, expect, test } from 'vitest';
import { formatModelId, parseAskedAddress, parseFileAddress, parseModelId } from './model-id.ts';

describe('what a person types or pastes', () => {
  const hub = { repository: 'owner/name', folder: '', precision: null, revision: null, hubUrl: null };
  test.each([
    ['owner/name', hub],
    ['  owner/name \n', hub],
    ['owner/name:tiny-sd-web-fp16', { ...hub, folder: 'tiny-sd-web-fp16' }],
    ['owner/name:a/b#q4f16', { ...hub, folder: 'a/b', precision: 'q4f16' }],
    ['owner/name@abc123', { ...hub, revision: 'abc123' }],
    ['owner/name:a#fp16@refs/pr/1', { ...hub, folder: 'a', precision: 'fp16', revision: 'refs/pr/1' }],
    ['https://huggingface.co/owner/name', hub],
    ['https://huggingface.co/owner/name/', hub],
    ['http://www.huggingface.co/owner/name?x=1#readme', hub],
    ['huggingface.co/owner/name/tree/main', { ...hub, revision: 'main' }],
    ['hf.co/owner/name', hub],
    ['https://huggingface.co/owner/name/tree/main/a/b', { ...hub, revision: 'main', folder: 'a/b' }],
    [
      'https://huggingface.co/owner/name/tree/refs%2Fpr%2F1/a',
      { ...hub, revision: 'refs/pr/1', folder: 'a' },
    ],
    ['https://huggingface.co/owner/name/blob/abc/unet/model.onnx', { ...hub, revision: 'abc' }],
    ['https://huggingface.co/owner/name/tree/main/a/unet', { ...hub, revision: 'main', folder: 'a' }],
    [
      'https://huggingface.co/owner/name/resolve/v1/x/model_index.json',
      { ...hub, revision: 'v1', folder: 'x' },
    ],
    [
      'https://huggingface.co/owner/name/blob/main/a/meadow.safetensors',
      { ...hub, revision: 'main', folder: 'a/meadow.safetensors' },
    ],
    [
      'https://huggingface.co/owner/name/blob/main/a/vae/x.safetensors',
      { ...hub, revision: 'main', folder: 'a' },
    ],
    ['https://hub.example:8443/owner/name', { ...hub, hubUrl: 'https://hub.example:8443' }],
  ])('“%s” is understood', (text, expected) => {
    expect(parseAskedAddress(text)).toEqual(expected);
  });

  test.each([
    '',
    'name',
    'owner/name/more',
    'https://huggingface.co/datasets/owner/name',
    'https://huggingface.co/',
    'https://huggingface.co/owner/%',
    'owner/name#fp99',
    'owner/name@',
    'owner/name@a@b',
    'someone@example.org',
    '../etc/passwd',
  ])('“%s” is refused, beside its field', (text) => {
    expect(() => parseAskedAddress(text)).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'repository' }) as Error,
    );
  });
});

test.each([
  ['https://example.org/files/meadow.safetensors', true],
  [' https://example.org/a/b/meadow.ckpt?token=1 ', true],
  ['https://models.example/api/download/models/12345', true],
  ['https://huggingface.co/owner/name/resolve/main/meadow.safetensors', false],
  ['https://mirror.example/owner/name/resolve/main/meadow.safetensors', false],
  ['https://mirror.example/owner/name', false],
  ['owner/name', false],
  ['file:///meadow.safetensors', false],
])('“%s” is one file somewhere else: %s', (text, isFile) => {
  expect(parseFileAddress(text)).toBe(isFile ? text.trim() : null);
});

test('an id reads back as what it was written from', () => {
  for (const folder of ['', 'a', 'a/b-c']) {
    for (const precision of [null, 'fp16', 'q4f16'] as const) {
      const address = { repository: 'owner/my.model-1', folder, precision };
      expect(parseModelId(formatModelId(address))).toEqual(address);
    }
  }
});

test('ids that are not the hub’s are no addresses', () => {
  for (const id of ['built-in', 'local:folder', 'local:a/b']) expect(parseModelId(id)).toBeNull();
});
