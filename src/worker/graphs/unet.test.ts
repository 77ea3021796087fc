import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../domain/diffusion/float16.ts';
import { stubSession } from '../../testing/stub-session.ts';
import { predictGuided } from '../pipeline/guided-noise.ts';
import type { HostTensor, TensorInfo } from '../runtime/runtime.ts';
import { predict, type UnetCall } from './unet.ts';

const sample: TensorInfo = { name: 'sample', type: 'float32', shape: ['batch', 1, 'height', 'width'] };
const timestep: TensorInfo = { name: 'timestep', type: 'int64', shape: [] };
const hidden: TensorInfo = { name: 'encoder_hidden_states', type: 'float32', shape: ['batch', 'tokens', 1] };

const embedding = (...data: number[]) => ({ data: Float32Array.from(data), tokens: data.length, width: 1 });

const call: UnetCall = {
  sample: Float32Array.of(1, 2),
  dims: [1, 1, 2],
  timestep: 999,
  prompts: [embedding(10, 20), embedding(30, 40)],
  guidanceEmbedding: null,
};

/** Answers each row of the batch with its sample plus the first value of its prompt. */
function add({
  sample: rows,
  encoder_hidden_states: prompts,
}: Readonly<Record<string, HostTensor>>): HostTensor {
  const batch = rows!.dims[0]!;
  const size = rows!.data.length / batch;
  const width = prompts!.data.length / batch;
  const values = [...rows!.data].map(Number);
  const firsts = [...prompts!.data].map(Number).filter((_value, i) => i % width === 0);
  const data = Float32Array.from(values, (value, i) => value + firsts[Math.floor(i / size)]!);
  return { type: 'float32', dims: rows!.dims, data };
}

describe('the UNet', () => {
  it('gets both prompts in one batch, and answers for each', async () => {
    const session = stubSession([sample, timestep, hidden], add);
    expect(await predict(session, call)).toEqual([Float32Array.of(11, 12), Float32Array.of(31, 32)]);
    expect(session.fed).toHaveLength(1);
    expect(session.fed[0]!['sample']!.dims).toEqual([2, 1, 1, 2]);
    expect(session.fed[0]!['encoder_hidden_states']!.dims).toEqual([2, 2, 1]);
  });

  it.each([1, 2, 3])('that takes a batch of %d only gets as many as it needs', async (batch) => {
    const fixed = { ...sample, shape: [batch, 1, 'height', 'width'] };
    const session = stubSession([fixed, timestep, hidden], add);
    const three = { ...call, prompts: [...call.prompts, embedding(50, 60)] };
    expect(await predict(session, three)).toEqual([
      Float32Array.of(11, 12),
      Float32Array.of(31, 32),
      Float32Array.of(51, 52),
    ]);
    expect(session.fed).toHaveLength(Math.ceil(3 / batch));
    expect(session.fed.every((feeds) => feeds['sample']!.dims[0] === batch)).toBe(true);
  });

  it('that leaves no room for a batch gets one prompt after the other, with the same answers', async () => {
    const session = { ...stubSession([sample, timestep, hidden], add), oneAtATime: true };
    expect(await predict(session, call)).toEqual([Float32Array.of(11, 12), Float32Array.of(31, 32)]);
    expect(session.fed.map((feeds) => feeds['sample']!.dims[0])).toEqual([1, 1]);
  });

  it.each([
    ['a scalar', [], []],
    ['one number', [1], [1]],
    ['one for all', ['steps'], [1]],
    ['one for each', ['batch_size'], [2]],
    ['two', [2], [2]],
  ])('gets its timestep as %s', async (_what, shape, dims) => {
    const session = stubSession([sample, { ...timestep, shape }, hidden], add);
    await predict(session, call);
    expect(session.fed[0]!['timestep']!.dims).toEqual(dims);
    expect([...session.fed[0]!['timestep']!.data]).toEqual(new Array(dims[0] ?? 1).fill(999n));
  });

  it.each([
    ['int64', BigInt64Array.of(999n)],
    ['int32', Int32Array.of(999)],
    ['float32', Float32Array.of(999)],
    ['float16', toFloat16(Float32Array.of(999))],
  ])('gets its timestep as %s', async (type, data) => {
    const session = stubSession([sample, { ...timestep, type }, hidden], add);
    await predict(session, call);
    expect(session.fed[0]!['timestep']).toMatchObject({ type, data });
  });

  it('may speak float16', async () => {
    const half = (info: TensorInfo) => ({ ...info, type: 'float16' });
    const session = stubSession([half(sample), timestep, half(hidden)], (feeds) => {
      const rows = feeds['sample']!;
      const data = toFloat16(fromFloat16(rows.data as Uint16Array).map((value) => value * 2));
      return { ...rows, data };
    });
    expect(await predict(session, call)).toEqual([Float32Array.of(2, 4), Float32Array.of(2, 4)]);
  });

  it('of an LCM gets its guidance embedding', async () => {
    const cond: TensorInfo = { name: 'timestep_cond', type: 'float32', shape: ['batch', 4] };
    const session = stubSession([sample, timestep, hidden, cond], add);
    await predict(session, { ...call, guidanceEmbedding: Float32Array.of(1, 2, 3, 4) });
    const { dims, data } = session.fed[0]!['timestep_cond']!;
    expect([dims, [...data]]).toEqual([
      [2, 4],
      [1, 2, 3, 4, 1, 2, 3, 4],
    ]);
  });

  it.each(['text_embeds', 'timestep_cond'])(
    'with an input that nothing is known for is refused: %s',
    async (name) => {
      const unknown: TensorInfo = { name, type: 'float32', shape: ['batch', 4] };
      const session = stubSession([sample, timestep, hidden, unknown], add);
      await expect(predict(session, call)).rejects.toMatchObject({
        code: 'model-unsupported',
        message: expect.stringContaining(name) as string,
      });
    },
  );

  it('with an input of an unheard type is refused', async () => {
    const session = stubSession([{ ...sample, type: 'bfloat16' }, timestep, hidden], add);
    await expect(predict(session, call)).rejects.toMatchObject({ code: 'model-unsupported' });
  });

  it('of a fixed size refuses any other, beside the field', async () => {
    const fixed = { ...sample, shape: [2, 1, 1, 4] };
    const session = stubSession([fixed, timestep, hidden], add);
    await expect(predict(session, call)).rejects.toMatchObject({ code: 'bad-input', field: 'width' });
  });
});

describe('guidance', () => {
  const one = (...values: number[]) => [{ embedding: embedding(...values), weight: 1 }];
  const conditioning = { prompts: one(10, 0), negative: embedding(4, 0) };

  it('goes beyond the prompt, away from the negative prompt', async () => {
    const session = stubSession([sample, timestep, hidden], add);
    expect(await predictGuided(session, call, conditioning, 3)).toEqual({
      guided: Float32Array.of(23, 24),
      conditional: Float32Array.of(11, 12),
    });
    expect([...session.fed[0]!['encoder_hidden_states']!.data]).toEqual([4, 0, 10, 0]);
  });

  it('of several prompts goes towards each by its weight', async () => {
    const session = stubSession([sample, timestep, hidden], add);
    const prompts = [...one(10, 0), { embedding: embedding(6, 0), weight: 0.5 }];
    // u = 5: 5 + 3 · (11 − 5) + 3 · 0.5 · (7 − 5)
    expect((await predictGuided(session, call, { ...conditioning, prompts }, 3)).guided[0]).toBe(26);
  });

  it('without a negative prompt is one pass', async () => {
    const session = stubSession([sample, timestep, hidden], add);
    const single = { ...conditioning, negative: null };
    expect((await predictGuided(session, call, single, 1)).guided).toEqual(Float32Array.of(11, 12));
    expect(session.fed[0]!['sample']!.dims[0]).toBe(1);
  });

  it('shows a graph with a fixed number of tokens a longer prompt piece by piece', async () => {
    const fixed = { ...hidden, shape: ['batch', 2, 1] };
    const session = stubSession([sample, timestep, fixed], add);
    const long = { prompts: one(10, 0, 30, 0), negative: null };
    expect((await predictGuided(session, call, long, 1)).guided).toEqual(Float32Array.of(21, 22));
    expect(session.fed[0]!['encoder_hidden_states']!.dims).toEqual([2, 2, 1]);
  });
});
