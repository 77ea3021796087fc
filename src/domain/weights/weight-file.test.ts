import { describe, expect, it } from 'vitest';
import { maxDifference } from '../../testing/closeness.ts';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { floats, safetensors, withHeader } from '../../testing/safetensors.ts';
import { memorySource } from './byte-source.ts';
import { joinWeights, openWeights } from './weight-file.ts';

const open = (bytes: Uint8Array) => openWeights(memorySource('x.safetensors', bytes));

describe('files of weights', () => {
  for (const [component, name] of [
    ['unet', 'diffusion_pytorch_model'],
    ['vae', 'diffusion_pytorch_model'],
    ['text_encoder', ''],
  ] as const) {
    it(`the ${component}'s strided pickle holds what its safetensors file holds`, async () => {
      const pickled = await goldenWeights(`mini-checkpoint-bin/${component}/${name || 'pytorch_model'}.bin`);
      const plain = await goldenWeights(`mini-checkpoint/${component}/${name || 'model'}.safetensors`);
      expect([...pickled.tensors.keys()].sort()).toEqual([...plain.tensors.keys()].sort());
      for (const [key, tensor] of plain.tensors) {
        const other = pickled.tensors.get(key)!;
        expect(other.shape).toEqual(tensor.shape);
        expect(maxDifference(await other.float32(), await tensor.float32())).toBe(0);
        expect(maxDifference(await other.float16(), await tensor.float16())).toBe(0);
      }
    });
  }

  it('a checkpoint of a training run holds its state’s tensors, whatever classes lie beside', async () => {
    const { tensors } = await goldenWeights('checkpoints/single-file/sd1.ckpt');
    const plain = await goldenWeights('checkpoints/single-file/sd1.safetensors');
    for (const [key, tensor] of plain.tensors) {
      if (!key.startsWith('model.diffusion_model.')) continue;
      expect(maxDifference(await tensors.get(key)!.float32(), await tensor.float32())).toBe(0);
    }
  });

  it('every type of number, at whatever address, is read', async () => {
    const bytes = (...values: number[]) => Uint8Array.from(values);
    const { tensors } = await open(
      safetensors({
        odd: { dtype: 'U8', shape: [1], bytes: bytes(7) },
        float: floats([2], [1.5, -2]),
        half: { dtype: 'F16', shape: [], bytes: bytes(0x00, 0xbc) },
        bfloat: { dtype: 'BF16', shape: [1, 1], bytes: bytes(0xc0, 0x3f) },
        e4m3: { dtype: 'F8_E4M3', shape: [4], bytes: bytes(0x38, 0x7e, 0x81, 0x08) },
        e5m2: { dtype: 'F8_E5M2', shape: [3], bytes: bytes(0x3c, 0x7b, 0x81) },
        double: { dtype: 'F64', shape: [1], bytes: new Uint8Array(Float64Array.of(0.25).buffer) },
        long: { dtype: 'I64', shape: [1], bytes: new Uint8Array(BigInt64Array.of(-3n).buffer) },
        none: { dtype: 'F32', shape: [0, 4], bytes: bytes() },
      }),
    );
    const values = async (name: string) => [...(await tensors.get(name)!.float32())];
    expect(await values('float')).toEqual([1.5, -2]);
    expect(await values('half')).toEqual([-1]);
    expect(await values('bfloat')).toEqual([1.5]);
    expect(await values('e4m3')).toEqual([1, 448, -(2 ** -9), 2 ** -6]);
    expect(await values('e5m2')).toEqual([1, 57344, -(2 ** -16)]);
    expect(await values('double')).toEqual([0.25]);
    expect(await values('long')).toEqual([-3]);
    expect(await values('none')).toEqual([]);
    expect([...(await tensors.get('float')!.float16())]).toEqual([0x3e00, 0xc000]);
  });

  it('its metadata is texts', async () => {
    const { metadata } = await open(safetensors({ a: floats([1], [1]) }, { author: 'Ada' }));
    expect(metadata.get('author')).toBe('Ada');
  });

  it('shards are one file; two that hold the same tensor are none', async () => {
    const one = await open(safetensors({ a: floats([1], [1]) }));
    const two = await open(safetensors({ b: floats([1], [2]) }));
    expect([...joinWeights([one, two]).tensors.keys()]).toEqual(['a', 'b']);
    expect(() => joinWeights([one, one])).toThrow(/same name/);
  });

  it.each([
    ['a hole', '{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', 2, /hole/],
    [
      'bytes that belong to nothing',
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
      2,
      /belong to nothing/,
    ],
    [
      'an overlap',
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
      3,
      /overlap/,
    ],
    ['a tensor outside', '{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}', 2, /cut short/],
    ['a wrong length', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2]}}', 2, /2 bytes for/],
    ['an unknown type', '{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}', 1, /type F4/],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0, /no text/],
    ['a header that is no object', '[]', 0, /no JSON object/],
    ['a fractional shape', '{"a":{"dtype":"U8","shape":[0.5],"data_offsets":[0,0]}}', 0, /entry/],
    [
      'an absurd shape',
      '{"a":{"dtype":"U8","shape":[9007199254740991,9],"data_offsets":[0,1]}}',
      1,
      /bytes for/,
    ],
  ])('%s is told', async (_, header, dataBytes, message) => {
    await expect(open(withHeader(header, [new Uint8Array(dataBytes)]))).rejects.toMatchObject({
      code: 'file-corrupt',
      message: expect.stringMatching(message) as string,
    });
  });

  it('a value that is no number is told when it is read, also as a half', async () => {
    const { tensors } = await open(safetensors({ a: floats([2], [1, NaN]), big: floats([1], [70000]) }));
    await expect(tensors.get('a')!.float32()).rejects.toThrow(/a holds values that are no numbers/);
    await expect(tensors.get('big')!.float16()).rejects.toMatchObject({ code: 'file-corrupt' });
    expect([...(await tensors.get('big')!.float32())]).toEqual([70000]);
  });
});
