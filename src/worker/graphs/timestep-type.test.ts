import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sameBytes } from '../../testing/closeness.ts';
import { AppError } from '../../domain/errors.ts';
import { miniatureFiles, wasm } from '../../testing/engine-rig.ts';
import { withFloatTimestep } from './timestep-type.ts';

const unet = () => miniatureFiles().readBytes(join('unet', 'model.onnx'));
const refused = new AppError('session-failed', 'type mismatch');

it('a graph that was traced with a whole timestep takes one between, and computes with it', async () => {
  const model = await unet();
  const runtime = await wasm();
  const session = await withFloatTimestep(model, () => runtime.createSession({ model, externalData: [] }));
  const at = async (timestep: number) => {
    const feeds = {
      sample: { type: 'float32', dims: [1, 4, 8, 8], data: new Float32Array(256).fill(0.5) },
      timestep: { type: 'float32', dims: [], data: Float32Array.of(timestep) },
      encoder_hidden_states: { type: 'float32', dims: [1, 77, 32], data: new Float32Array(77 * 32) },
    };
    return (await session.run(feeds, 'out_sample')).data;
  };
  expect(session.inputs.find(({ name }) => name === 'timestep')!.type).toBe('float32');
  expect(await at(500.5)).not.toEqual(await at(500));
  await session.release();
});

it('leaves the bytes as they were', async () => {
  const model = await unet();
  const before = model.slice();
  const during = await withFloatTimestep(model, () => Promise.resolve(model.slice()));
  expect(sameBytes(during, before)).toBe(false);
  expect(sameBytes(model, before)).toBe(true);
});

it('a graph that does not bear it is made as it was', async () => {
  const model = await unet();
  const before = model.slice();
  const tried: Uint8Array[] = [];
  const made = await withFloatTimestep(model, () => {
    tried.push(model.slice());
    return tried.length === 1 ? Promise.reject(refused) : Promise.resolve('made');
  });
  expect(made).toBe('made');
  expect(sameBytes(tried[1]!, before)).toBe(true);
});

it('does not try again when memory ran out', async () => {
  const model = await unet();
  let tries = 0;
  const create = () => {
    tries += 1;
    return Promise.reject(new AppError('out-of-memory', 'std::bad_alloc'));
  };
  await expect(withFloatTimestep(model, create)).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(tries).toBe(1);
});

it.each([
  ['another graph', () => miniatureFiles().readBytes('vae_decoder/model.onnx')],
  ['a web page', () => Promise.resolve(new TextEncoder().encode('<!doctype html><title>404</title>'))],
  ['nothing', () => Promise.resolve(new Uint8Array())],
])('leaves %s alone', async (_what, read) => {
  const bytes = await read();
  const before = bytes.slice();
  const left = await withFloatTimestep(bytes, () => Promise.resolve(bytes.slice()));
  expect(sameBytes(left, before)).toBe(true);
});
