/** Files that somebody made to break a reader: 240 of them, other ones in each run. Each gives a clear error, or what it holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats, safetensors, withHeader } from '../../testing/safetensors.ts';
import {
  bytesOf,
  dictOf,
  global,
  int,
  op,
  pickle,
  string,
  tensor,
  torchZip,
  tupleOf,
} from '../../testing/torch-file.ts';
import { AppError } from '../errors.ts';
import { makeChunk } from '../recipe/png-chunks.ts';
import { memorySource } from './byte-source.ts';
import { openWeights } from './weight-file.ts';

/** A reader that takes longer than this hangs. */
const limitMs = 2000;
const numRuns = 20;

/** Opens a file and reads all of it. The error's code, or null. */
async function outcome(bytes: Uint8Array): Promise<string | null> {
  try {
    const { tensors } = await openWeights(memorySource('hostile', bytes));
    for (const each of tensors.values()) await each.float32();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.message.length).toBeGreaterThan(20);
    return error.code;
  }
}

const refusals = ['file-corrupt', 'model-unsupported'];

function everyFile(files: fc.Arbitrary<Uint8Array>, check: (code: string | null) => void): Promise<void> {
  return fc.assert(
    fc.asyncProperty(files, async (bytes) => void check(await outcome(bytes))),
    { numRuns, endOnFailure: true },
  );
}

const isRefused = (code: string | null) => expect(refusals).toContain(code);
const isAnswered = (code: string | null) => expect([...refusals, null]).toContain(code);

const plain = safetensors(
  { a: floats([2, 3], [1, 2, 3, 4, 5, 6]), b: floats([2], [7, 8]) },
  { format: 'pt' },
);
const storages = { '0': new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer) };
const weight = tensor({ key: '0', shape: [2, 3], strides: [3, 1] });
const zipped = torchZip(pickle(dictOf([[string('a'), weight]])), storages);

const offset = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-1, 2 ** 53, 2 ** 63, 1e308, null, '0', [], {}),
);
const header = (dtype: unknown, shape: unknown, offsets: unknown) =>
  withHeader(JSON.stringify({ a: { dtype, shape, data_offsets: offsets } }), [new Uint8Array(8)]);

const anyName = fc.constantFrom(
  ...[
    'os.system',
    'posix.system',
    'nt.system',
    'subprocess.Popen',
    'builtins.eval',
    'builtins.exec',
    '__builtin__.apply',
  ],
  ...[
    'importlib.import_module',
    'shutil.rmtree',
    'socket.socket',
    'torch.hub.load',
    'torch._C._load',
    'pickle.loads',
  ],
  ...[
    'webbrowser.open',
    'code.interact',
    'runpy.run_path',
    'operator.attrgetter',
    'numpy.load',
    'dill.loads',
    'sys.exit',
  ],
);

describe('hostile files', { timeout: limitMs * numRuns }, () => {
  it('cut short', async () => {
    const cut = fc
      .constantFrom(plain, zipped)
      .chain((file) => fc.integer({ min: 0, max: file.length - 1 }).map((end) => file.subarray(0, end)));
    await everyFile(cut, isRefused);
  });

  it('with offsets outside', async () => {
    await everyFile(
      fc
        .tuple(offset, offset)
        .filter(([a, b]) => a !== 0 || b !== 8)
        .map((pair) => header('F32', [2], pair)),
      isRefused,
    );
  });

  it('with tensors that overlap', async () => {
    const overlap = fc.integer({ min: 1, max: 3 }).map((shared) => {
      const entry = (begin: number) => ({ dtype: 'U8', shape: [4], data_offsets: [begin, begin + 4] });
      return withHeader(JSON.stringify({ a: entry(0), b: entry(4 - shared) }), [new Uint8Array(8 - shared)]);
    });
    await everyFile(overlap, isRefused);
  });

  it('with absurd headers', async () => {
    const lengths = fc.bigInt({ min: BigInt(plain.length), max: 2n ** 64n - 1n }).map((length) => {
      const file = Uint8Array.from(plain);
      new DataView(file.buffer).setBigUint64(0, length, true);
      return file;
    });
    const texts = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant('['.repeat(100_000)),
      fc.constant('{"a":'.repeat(50_000)),
    );
    await everyFile(
      fc.oneof(
        lengths,
        texts.filter((text) => text.trim() !== '{}').map((text) => withHeader(text, [])),
      ),
      isRefused,
    );
  });

  it('with wrong types and shapes', async () => {
    const dtype = fc.oneof(
      fc.string(),
      fc.constantFrom('F4', 'U64', 'C64', 'f32', 32, null, '__proto__', 'constructor'),
    );
    await everyFile(
      fc
        .tuple(dtype, fc.array(fc.integer({ min: 0 }), { maxLength: 5 }))
        .filter(([type]) => type !== 'F32')
        .map(([type, shape]) => header(type, shape, [0, 8])),
      isRefused,
    );
  });

  it('with values that are no numbers', async () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(NaN, Infinity, -Infinity));
    const files = place.map(([at, value]) =>
      safetensors({
        a: floats(
          [6],
          [1, 2, 3, 4, 5, 6].map((each, index) => (index === at ? value : each)),
        ),
      }),
    );
    await everyFile(files, (code) => expect(code).toBe('file-corrupt'));
  });

  it('pickles that name something else', async () => {
    const files = anyName.map((name) => {
      const dot = name.lastIndexOf('.');
      const call = bytesOf(global(name.slice(0, dot), name.slice(dot + 1)), tupleOf(string('id')), op.reduce);
      return torchZip(
        pickle(
          dictOf([
            [string('a'), weight],
            [string('b'), call],
          ]),
        ),
        storages,
      );
    });
    await everyFile(files, (code) => expect(code).toBe('model-unsupported'));
  });

  it('pickles of any bytes', async () => {
    await everyFile(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => torchZip(bytesOf(op.proto, bytes), storages)),
      isAnswered,
    );
  });

  it('pictures that claim to hold an embedding', async () => {
    const holding = (text: string) =>
      Buffer.concat([
        Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
        makeChunk('IHDR', new Uint8Array(13)),
        makeChunk('tEXt', Buffer.from(`sd-ti-embedding\0${text}`, 'latin1')),
        makeChunk('IEND', new Uint8Array(0)),
      ]);
    const inBase64 = (json: string) => Buffer.from(json).toString('base64');
    const texts = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.json().map(inBase64),
      fc.json().map((json) => inBase64(`{"string_to_param":${json}}`)),
      fc.json().map((json) => inBase64(`{"string_to_param":{"*":{"TORCHTENSOR":${json}}}}`)),
      fc.constant(inBase64(`{"string_to_param":{"*":{"TORCHTENSOR":${'['.repeat(50_000)}`)),
    );
    const files = fc
      .tuple(texts.map(holding), fc.double({ min: 0.2, max: 1.5, noNaN: true }))
      .map(([file, part]) => file.subarray(0, Math.floor(file.length * part)));
    await everyFile(files, isAnswered);
  });

  it('archives in which some bytes are others', async () => {
    const flips = fc.array(
      fc.tuple(fc.integer({ min: 0, max: zipped.length - 1 }), fc.integer({ min: 0, max: 255 })),
      { minLength: 1, maxLength: 6 },
    );
    const files = flips.map((list) => {
      const file = Uint8Array.from(zipped);
      for (const [at, byte] of list) file[at] = byte;
      return file;
    });
    await everyFile(files, isAnswered);
  });

  it('tensors of any size over few values', async () => {
    const number = fc.constantFrom(0, 1, 2, 3, 6, 65_536, 2 ** 31 - 1);
    const files = fc
      .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), number, number)
      .map(([shape, stride, from]) =>
        torchZip(
          pickle(
            dictOf([
              [string('a'), tensor({ key: '0', shape, strides: shape.map(() => stride), offset: from })],
            ]),
          ),
          storages,
        ),
      );
    await everyFile(files, isAnswered);
  });

  it('bombs: what swells, what repeats itself, what has no end', async () => {
    const swelling = torchZip(pickle(dictOf([[string('a'), weight]])), { '0': new Uint8Array(1_000_000) }, 9);
    const deep = torchZip(pickle(bytesOf(...new Array<Uint8Array>(100_000).fill(op.list))));
    const laughs = Array.from({ length: 60 }, (_, level) =>
      bytesOf(
        op.dict,
        ...(level === 0
          ? []
          : ['x', 'y'].map((key) => bytesOf(string(key), Uint8Array.of(0x68, level - 1), op.setItem))),
        Uint8Array.of(0x71, level),
      ),
    );
    const numbers = torchZip(pickle(bytesOf(Uint8Array.of(0x8b), int(2 ** 30).subarray(1))));
    const files = fc.constantFrom(
      swelling,
      deep,
      torchZip(pickle(bytesOf(...laughs))),
      numbers,
      torchZip(new Uint8Array(0)),
    );
    await everyFile(files, isAnswered);
    expect(await outcome(swelling)).toBe('file-corrupt');
  });
});
