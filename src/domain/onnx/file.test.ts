import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { graph, model } from './build.ts';
import { readModel, writeModel, writePieces } from './file.ts';
import type { OnnxModel, OnnxNode } from './model.ts';
import { externalDataNames, tensorsOf } from './tensors.ts';

const root = join(import.meta.dirname, '../../..');
const graphs = ['e2e', 'public'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.onnx'))
    .map((path) => join(folder, path)),
);
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(root, path)));
const miniature = () => readModel(bytesOf('e2e/golden/mini-onnx/unet/model.onnx'));

/** The same data, and nothing that remembers its bytes: the writer has to make all of them. */
function forgotten<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(forgotten) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, forgotten(inner) as unknown]),
  ) as T;
}

/** In words that compare quickly. */
const asText = (model: OnnxModel) =>
  JSON.stringify(model, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );

const withNodes = (model: ReturnType<typeof readModel>, nodes: readonly OnnxNode[]) => ({
  ...model,
  graph: { ...model.graph, nodes },
});

/** How many bytes two files have in common at their beginnings and at their ends. */
function commonBytes(a: Uint8Array, b: Uint8Array): number {
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < least - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return start + end;
}

test('there are graphs to try', () => expect(graphs.length).toBeGreaterThanOrEqual(8));

describe.each(graphs)('%s', (path) => {
  it('comes out as it went in, byte by byte', () => {
    const bytes = bytesOf(path);
    expect(Buffer.compare(writeModel(readModel(bytes)), bytes)).toBe(0);
  });

  it('comes out the same when every message is written anew', () => {
    const model = readModel(bytesOf(path));
    const anew = readModel(writeModel(forgotten(model)));
    expect(asText(anew) === asText(model)).toBe(true);
  });

  it('gives its weights as views of the file', () => {
    const bytes = bytesOf(path);
    const weights = [...tensorsOf(readModel(bytes))].flatMap(({ raw }) => (raw ? [raw] : []));
    expect(weights.length).toBeGreaterThan(10);
    expect(weights.every(({ buffer }) => buffer === bytes.buffer)).toBe(true);
  });

  it('keeps all its bytes but those of the node that is edited', () => {
    const bytes = bytesOf(path);
    const model = readModel(bytes);
    const nodes = model.graph.nodes.map((node, i) =>
      i === 7 ? { ...node, name: node.name!.toUpperCase() } : node,
    );
    const edited = writeModel(withNodes(model, nodes));
    const node = model.graph.nodes[7]!;
    expect(edited.length).toBe(bytes.length);
    expect(commonBytes(edited, bytes)).toBeGreaterThanOrEqual(bytes.length - node.name!.length);
    expect(readModel(edited).graph.nodes[7]).toMatchObject({
      name: node.name!.toUpperCase(),
      inputs: node.inputs,
    });
  });
});

describe('an edit', () => {
  it('keeps fields that no table names', () => {
    const model = miniature();
    // doc_string (6) of a model, which means nothing to anybody here.
    const documented = Uint8Array.from(Buffer.concat([writeModel(model), Buffer.of(6 * 8 + 2, 2, 104, 105)]));
    const read = readModel(documented);
    const edited = writeModel({ ...read, producerName: 'x' });
    expect([...edited.subarray(-4)]).toEqual([6 * 8 + 2, 2, 104, 105]);
    expect(readModel(edited).producerName).toBe('x');
  });

  it('of a list keeps what stays in it, in the order of the list', () => {
    const model = miniature();
    const nodes = model.graph.nodes.slice(1).reverse();
    const read = readModel(writeModel(withNodes(model, nodes))).graph;
    expect(asText({ ...model, graph: read })).toBe(asText(withNodes(model, nodes)));
  });

  it('copies no weights but the smallest until the file is wanted in one piece', () => {
    const model = miniature();
    const { parts, length } = writePieces({ ...model, graph: { ...model.graph, name: 'x' } });
    const buffer = model.graph.initializers[0]!.raw!.buffer;
    const viewed = parts.filter((part) => part.buffer === buffer);
    expect(viewed.reduce((sum, part) => sum + part.length, 0)).toBeGreaterThan(0.95 * length);
  });

  it('leaves numbers alone that are too large for it to tell', () => {
    const { graph } = miniature();
    // 2⁶³ − 1, "until the end" of a slice.
    const most = Uint8Array.of(24, ...new Array<number>(8).fill(255), 127, 160, 1, 2);
    const attribute = Uint8Array.of(0x2a, most.length, ...most);
    const node = Uint8Array.of(0x0a, attribute.length, ...attribute);
    const read = readModel(Uint8Array.of(0x3a, node.length, ...node));
    expect(read.graph.nodes[0]!.attributes[0]!.int).toBe(2 ** 63);
    const renamed = read.graph.nodes.map((it) => ({
      ...it,
      attributes: it.attributes.map((a) => ({ ...a, name: 'a' })),
    }));
    const edited = writeModel({ ...read, graph: { ...graph, nodes: renamed } });
    expect(Buffer.from(edited).includes(Buffer.from(most))).toBe(true);
  });
});

describe('numbers', () => {
  const attribute = (value: number) => ({
    ...{ floats: [], ints: [value, -1], texts: [], tensors: [], graphs: [] },
    name: 'a',
    int: value,
  });

  it('keep their sign and all their digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }), (value) => {
        const nodes = [{ inputs: [], outputs: [], attributes: [attribute(value)] }];
        const built = model(graph({ nodes, inputs: [], outputs: [] }));
        const [node] = readModel(writeModel(built)).graph.nodes;
        expect(node!.attributes[0]).toMatchObject({ int: value, ints: [value, -1] });
      }),
      { numRuns: 50 },
    );
  });
});

describe('bytes that are no graph', () => {
  const outcomeOf = (bytes: Uint8Array): unknown => {
    try {
      return externalDataNames(readModel(bytes));
    } catch (error) {
      expect(error).toMatchObject({
        code: 'file-corrupt',
        message: expect.stringContaining('ONNX') as string,
      });
      return 'refused';
    }
  };

  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['half a graph', bytesOf(graphs[0]!).subarray(0, 100_000)],
    ['a nest without end', deepNest(200)],
  ])('are refused in words: %s', (_what, bytes) => expect(outcomeOf(bytes)).toBe('refused'));

  it('never hang or crash', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void outcomeOf(bytes)));
  });

  it('nor do graphs with some bytes changed', () => {
    const bytes = writeModel({ ...miniature(), graph: { ...miniature().graph, initializers: [] } });
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        outcomeOf(damaged);
      }),
      { numRuns: 60 },
    );
  });
});

/** Graphs in attributes in nodes of graphs. */
function deepNest(levels: number): Uint8Array {
  let bytes: number[] = [];
  const wrap = (tag: number) => {
    const length = bytes.length;
    bytes = [tag, (length & 127) | 128, ((length >> 7) & 127) | 128, length >> 14, ...bytes];
  };
  for (let i = 0; i < levels; i++) [0x32, 0x2a, 0x0a].forEach(wrap);
  wrap(0x3a);
  return Uint8Array.from(bytes);
}
