/** The two halves of the autoencoder, from latents to pictures in −1 … 1 and back. */
import { AppError } from '../../domain/errors.ts';
import type { FloatPlanes } from '../../domain/diffusion/image/tiles.ts';
import type { Session, TensorInfo } from '../runtime/runtime.ts';
import { floatTensor, toFloat32 } from '../runtime/tensor-types.ts';

export type LatentDims = readonly [channels: number, height: number, width: number];

/** `latents`: already divided by the scaling factor. Returns [1, 3, height · factor, width · factor]. */
export async function decode(
  session: Session,
  latents: Float32Array,
  dims: LatentDims,
): Promise<Float32Array> {
  const input = onlyInput(session, 'VAE decoder');
  const feeds = { [input.name]: floatTensor(input, latents, [1, ...dims]) };
  return toFloat32(await session.run(feeds, session.outputs[0]!.name));
}

/** Height and width of the latents, where the decoder's graph fixes them. */
export function latentSize({ inputs }: Session): readonly [height: number, width: number] | null {
  const [height, width] = inputs[0]?.shape.slice(2) ?? [];
  return typeof height === 'number' && typeof width === 'number' ? [height, width] : null;
}

/** What an encoder knows of a picture's latents: their mean and log variance, or the latents themselves. */
export interface Encoded {
  readonly mean: Float32Array;
  readonly logVariance: Float32Array | null;
}

/** `pixels`: [1, 3, height, width] in −1 … 1. Gives what `encodedOf` understands. */
export async function encode(
  session: Session,
  pixels: Float32Array,
  dims: { readonly height: number; readonly width: number },
): Promise<FloatPlanes> {
  const input = onlyInput(session, 'VAE encoder');
  const feeds = { [input.name]: floatTensor(input, pixels, [1, 3, dims.height, dims.width]) };
  const output = await session.run(feeds, session.outputs[0]!.name);
  const [, channels = 0, height = 0, width = 0] = output.dims;
  return { data: toFloat32(output), channels, height, width };
}

/** What an encoder's output says. Throws `model-unsupported` for another number of channels. */
export function encodedOf({ data: values, channels }: FloatPlanes, latentChannels: number): Encoded {
  const size = values.length / 2;
  if (channels === latentChannels) return { mean: values, logVariance: null };
  if (channels === 2 * latentChannels)
    return { mean: values.subarray(0, size), logVariance: values.subarray(size) };
  throw new AppError('model-unsupported', `The VAE encoder gives ${channels} channels.`);
}

/** Latents, not yet multiplied by the scaling factor. Source: the reference's `DiagonalGaussianDistribution.sample`. */
export function sampleLatents(
  { mean, logVariance }: Encoded,
  randn: (length: number) => Float32Array,
): Float32Array {
  if (!logVariance) return mean;
  const noise = randn(mean.length);
  const deviation = (i: number) => Math.exp(0.5 * Math.min(20, Math.max(-30, logVariance[i]!)));
  return mean.map((value, i) => value + deviation(i) * noise[i]!);
}

function onlyInput({ inputs }: Session, graph: string): TensorInfo {
  const [input, other] = inputs;
  if (input && !other) return input;
  throw new AppError(
    'model-unsupported',
    `The ${graph} asks for "${other?.name ?? 'nothing'}", which this app does not know.`,
  );
}
