import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { externalDataNames } from './onnx-graph.ts';

const golden = process.env['GOLDEN_DIR'] ?? join(import.meta.dirname, '../../../e2e/golden');

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const field = (number: number, content: readonly number[]) => [
  ...varint(number * 8 + 2),
  ...varint(content.length),
  ...content,
];
const text = (words: string) => [...Buffer.from(words)];
const entry = (key: string, value: string) => field(13, [...field(1, text(key)), ...field(2, text(value))]);
const tensor = (location: string) => [
  ...field(8, text('weight')),
  ...entry('location', location),
  ...entry('offset', '4096'),
];
const model = (graph: readonly number[]) => Uint8Array.from([8, 9, ...field(7, graph), 0x1d, 1, 2, 3, 4]);

test('initializers and constants name their files, each once', () => {
  const constant = field(1, field(5, field(5, tensor('weights/ünet.pb'))));
  const graph = [
    ...field(5, tensor('./model.onnx_data')),
    ...field(5, tensor('model.onnx_data')),
    ...constant,
  ];
  expect(externalDataNames(model(graph))).toEqual(['model.onnx_data', 'weights/ünet.pb']);
});

test('a graph with its weights inside names none', () => {
  const graph = readFileSync(join(golden, 'mini-onnx/unet/model.onnx'));
  expect(externalDataNames(graph)).toEqual([]);
});

test('bytes that are no graph are told as corrupt, and never hang or crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        externalDataNames(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'file-corrupt' });
      }
    }),
  );
});
