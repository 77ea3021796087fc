import { describe, expect, it } from 'vitest';
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
import { memorySource } from './byte-source.ts';
import { readEmbedding } from './embedding.ts';
import { openWeights } from './weight-file.ts';

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const open = (bytes: Uint8Array) => openWeights(memorySource('x.pt', bytes));
const six = { '0': floats(1, 2, 3, 4, 5, 6) };
const plain = tensor({ key: '0', shape: [2, 3], strides: [3, 1] });

/** As ParameterDict pickles itself: an object whose state holds the tensors. */
const parameterDict = bytesOf(
  global('torch.nn.modules.container', 'ParameterDict'),
  op.emptyTuple,
  op.newObject,
  dictOf([
    [string('training'), op.no],
    [string('_parameters'), dictOf([[string('*'), plain]])],
  ]),
  op.build,
);

describe('PyTorch’s pickles', () => {
  it('strides are obeyed, and views share what they look at', async () => {
    const data = dictOf([
      [string('a'), plain],
      [string('b'), tensor({ key: '0', shape: [3, 2], strides: [1, 3] })],
      [string('c'), tensor({ key: '0', offset: 2, shape: [2], strides: [3] })],
    ]);
    const { tensors } = await open(torchZip(pickle(data), six));
    const values = async (name: string) => [...(await tensors.get(name)!.float32())];
    expect(await values('a')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await values('b')).toEqual([1, 4, 2, 5, 3, 6]);
    expect(await values('c')).toEqual([3, 6]);
  });

  it('an embedding of AUTOMATIC1111, in a ParameterDict, is read with its name', async () => {
    const token = dictOf([[string('*'), int(265)]]);
    const data = dictOf([
      [string('string_to_token'), token],
      [string('string_to_param'), parameterDict],
      [string('name'), string('frost')],
    ]);
    const embedding = readEmbedding('winter.pt', await open(torchZip(pickle(data), six)));
    expect(embedding).toMatchObject({ word: 'winter', innerName: 'frost' });
    expect([...(await embedding.vectors.float32())]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('a trainer’s class as a key is passed over', async () => {
    const callback = global('pytorch_lightning.callbacks.model_checkpoint', 'ModelCheckpoint');
    const data = dictOf([
      [string('callbacks'), dictOf([[callback, dictOf([])]])],
      [string('state_dict'), dictOf([[string('w'), plain]])],
    ]);
    expect([...(await open(torchZip(pickle(data), six))).tensors.keys()]).toEqual(['w']);
  });

  it('tables that hold themselves or each other end', async () => {
    const itself = bytesOf(op.dict, op.dup, string('again'), op.none, op.setItem);
    const memoised = bytesOf(
      op.dict,
      Uint8Array.of(0x71, 0),
      string('self'),
      Uint8Array.of(0x68, 0),
      op.setItem,
      string('w'),
      plain,
      op.setItem,
    );
    expect((await open(torchZip(pickle(memoised), six))).tensors.has('w')).toBe(true);
    await expect(open(torchZip(pickle(bytesOf(itself, op.setItem))))).rejects.toMatchObject({
      code: 'file-corrupt',
    });
  });

  it.each([
    ['os', 'system'],
    ['builtins', 'eval'],
    ['builtins', 'getattr'],
    ['torch', 'load'],
    ['torch.storage', '_load_from_bytes'],
    ['pytorch_lightning', '../../x'],
    ['__main__', 'Model'],
  ])('%s.%s is refused by name', async (module, name) => {
    const data = bytesOf(global(module, name), tupleOf(string('x')), op.reduce);
    await expect(open(torchZip(pickle(data)))).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(`${module}.${name}`) as string,
    });
  });

  it('a storage’s class is no function', async () => {
    const data = bytesOf(global('torch', 'FloatStorage'), tupleOf(int(1_000_000_000)), op.reduce);
    await expect(open(torchZip(pickle(data)))).rejects.toThrow(/torch\.FloatStorage/);
  });

  it.each([
    ['larger than its values', { key: '0', shape: [9], strides: [1] }],
    ['larger than its values', { key: '0', shape: [1_000_000, 1_000_000], strides: [0, 0] }],
    ['larger than its values', { key: '0', offset: 5, shape: [2], strides: [1] }],
    ['are missing', { key: '7', shape: [1], strides: [1] }],
    ['ComplexFloatStorage', { key: '0', storage: 'ComplexFloatStorage', shape: [1], strides: [1] }],
  ])('a tensor whose values are not there is told: %s', async (message, wrong) => {
    await expect(open(torchZip(pickle(dictOf([[string('w'), tensor(wrong)]])), six))).rejects.toThrow(
      message,
    );
  });

  it('compressed entries, which PyTorch never writes, are refused before they swell', async () => {
    const zeros = new Uint8Array(2_000_000);
    await expect(open(torchZip(pickle(op.none), { '0': zeros }, 9))).rejects.toThrow(/compressed/);
  });

  it('old forms are told as such', async () => {
    const legacy = Uint8Array.of(
      0x80,
      2,
      0x8a,
      0x0a,
      0x6c,
      0xfc,
      0x9c,
      0x46,
      0xf9,
      0x20,
      0x6a,
      0xa8,
      0x50,
      0x19,
      0x2e,
    );
    await expect(open(legacy)).rejects.toThrow(/legacy PyTorch file/);
    const tar = new Uint8Array(600);
    tar.set(new TextEncoder().encode('ustar'), 257);
    await expect(open(tar)).rejects.toThrow(/tar archive/);
    await expect(open(new TextEncoder().encode('<!DOCTYPE html><title>404</title>'))).rejects.toThrow(
      /a web page/,
    );
    await expect(
      open(new TextEncoder().encode('version https://git-lfs.github.com/spec/v1')),
    ).rejects.toThrow(/pointer/);
  });
});
