/** The UNet's graph: what it asks for is read from its session, because exports differ. */
import { AppError } from '../../domain/errors.ts';
import type { Embedding } from './embedding.ts';
import type { HostTensor, Session, TensorInfo } from '../runtime/runtime.ts';
import { floatTensor, numberTensor, toFloat32 } from '../runtime/tensor-types.ts';

export interface UnetCall {
  /** Already scaled for the model, [1, channels, height, width]; an inpainting model's has more channels than its prediction. */
  readonly sample: Float32Array;
  readonly dims: readonly [channels: number, height: number, width: number];
  readonly timestep: number;
  /** One prediction is made for each; all have the same number of tokens. */
  readonly prompts: readonly Embedding[];
  /** `timestep_cond` of LCM UNets, [1, n]; null for all others. */
  readonly guidanceEmbedding: Float32Array | null;
}

/**
 * Predictions, one for each prompt, each [1, channels, height, width]: in one batch, or in as many as a graph with a fixed batch size or a full memory needs.
 * Throws `model-unsupported` for an input that no Stable Diffusion UNet has, and as `Session.run`.
 */
export async function predict(session: Session, call: UnetCall): Promise<readonly Float32Array[]> {
  const fixedBatch = fixedDim(session, 'sample', 0);
  checkPrompts(call.prompts, fixedTokens(session));
  checkSize(session, call.dims);
  const batch = fixedBatch ?? (session.oneAtATime ? 1 : call.prompts.length);
  const predictions: Float32Array[] = [];
  for (let at = 0; at < call.prompts.length; at += batch) {
    const prompts = Array.from({ length: batch }, (_, i) => call.prompts[at + i] ?? call.prompts[at]!);
    predictions.push(...(await runBatch(session, { ...call, prompts })));
  }
  return predictions.slice(0, call.prompts.length);
}

/** Tokens that the graph takes at once, where it fixes them. */
export const fixedTokens = (session: Session) => fixedDim(session, 'encoder_hidden_states', 1);

async function runBatch(session: Session, call: UnetCall): Promise<readonly Float32Array[]> {
  const feeds = session.inputs.map((input) => [input.name, feed(input, call)] as const);
  const output = toFloat32(await session.run(Object.fromEntries(feeds), outputName(session)));
  const size = output.length / call.prompts.length;
  return call.prompts.map((_, i) => output.subarray(i * size, (i + 1) * size));
}

function feed(input: TensorInfo, call: UnetCall): HostTensor {
  const { sample, dims, timestep, prompts, guidanceEmbedding } = call;
  const batch = prompts.length;
  switch (input.name) {
    case 'sample':
      return floatTensor(input, repeated(sample, batch), [batch, ...dims]);
    case 'timestep':
      return timestepTensor(input, timestep, batch);
    case 'encoder_hidden_states':
      return promptsTensor(input, prompts);
    case 'timestep_cond':
      if (guidanceEmbedding) {
        const rows = repeated(guidanceEmbedding, batch);
        return floatTensor(input, rows, [batch, guidanceEmbedding.length]);
      }
      throw unknownInput(input.name);
    default:
      throw unknownInput(input.name);
  }
}

interface FedPrompts {
  readonly prompts: readonly Embedding[];
  readonly tensor: HostTensor;
}

/** By the first of them. The same prompts come call after call: they are joined and brought into the graph's type once. */
const fedPrompts = new WeakMap<Embedding, readonly FedPrompts[]>();

/** More texts than take turns in a prompt that anybody writes. */
const keptPrompts = 16;

function promptsTensor(input: TensorInfo, prompts: readonly Embedding[]): HostTensor {
  const [{ tokens, width }] = prompts as [Embedding];
  const known = fedPrompts.get(prompts[0]!) ?? [];
  const found = known.find((fed) => fed.tensor.type === input.type && areSame(fed.prompts, prompts));
  if (found) return found.tensor;
  const values = joined(prompts.map(({ data }) => data));
  const tensor = { ...floatTensor(input, values, [prompts.length, tokens, width]), lasting: true };
  fedPrompts.set(prompts[0]!, [{ prompts, tensor }, ...known].slice(0, keptPrompts));
  return tensor;
}

const areSame = (some: readonly Embedding[], others: readonly Embedding[]) =>
  some.length === others.length && some.every((embedding, at) => embedding === others[at]);

/** A scalar, one for all, or one for each of the batch: as many as the graph's shape says. */
function timestepTensor(input: TensorInfo, timestep: number, batch: number): HostTensor {
  const [length] = input.shape;
  if (length === undefined) return numberTensor(input, [timestep], []);
  const count = typeof length === 'number' ? length : /batch/i.test(length) ? batch : 1;
  return numberTensor(input, new Array<number>(count).fill(timestep), [count]);
}

function fixedDim(session: Session, name: string, axis: number): number | null {
  const size = session.inputs.find((input) => input.name === name)?.shape[axis];
  return typeof size === 'number' && size > 0 ? size : null;
}

function checkPrompts(prompts: readonly Embedding[], fixed: number | null): void {
  const tokens = prompts[0]!.tokens;
  if (fixed !== null && fixed !== tokens)
    throw new AppError(
      'model-unsupported',
      `The UNet takes ${fixed} tokens and the text encoder gives ${tokens}.`,
    );
}

/** A graph that was exported for one size draws no other. */
function checkSize(session: Session, [, height, width]: UnetCall['dims']): void {
  for (const [field, axis, side] of [
    ['height', 2, height],
    ['width', 3, width],
  ] as const) {
    const fixed = fixedDim(session, 'sample', axis);
    if (fixed === null || fixed === side) continue;
    const message = `This model draws only pictures whose ${field} is ${fixed} latent pixels, not ${side}.`;
    throw new AppError('bad-input', message, { field });
  }
}

const outputName = (session: Session) =>
  (session.outputs.find(({ name }) => name === 'out_sample') ?? session.outputs[0]!).name;

const unknownInput = (name: string) =>
  new AppError('model-unsupported', `The UNet asks for "${name}", which this app does not know.`);

const repeated = (values: Float32Array, times: number) => joined(new Array<Float32Array>(times).fill(values));

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float32Array(parts.length * parts[0]!.length);
  parts.forEach((part, i) => all.set(part, i * part.length));
  return all;
}
