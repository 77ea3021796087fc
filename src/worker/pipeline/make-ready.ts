/** What the first picture would have to wait for, done before anybody asks: sessions, and on the GPU the shaders, which one run compiles. */
import { wayOf } from '../../domain/diffusion/fast/speeds.ts';
import type { ExpectedPicture } from '../../engine/protocol.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import { decoderNeed, unetNeed } from '../graphs/needs.ts';
import { predict } from '../graphs/unet.ts';
import { decode, type LatentDims } from '../graphs/vae.ts';
import type { Model } from '../model/model.ts';
import type { Job } from '../runtime/job.ts';
import { learnColours } from './decode-picture.ts';
import { modelInput } from './denoise.ts';
import { guidanceEmbedding } from './guidance-embedding.ts';
import { expectedDims, expectedNeeds, passesOf } from './picture-needs.ts';

/** Of what a decoder may hold at once: 256 channels of four bytes for each pixel. */
const bytesPerPixel = 1024;

/**
 * Stops before the next of its steps when `mayGoOn` says so: false then. A step is a session or a run, no more. What was made stays.
 * Throws as the sessions.
 */
export async function makeReady(
  model: Model,
  expected: ExpectedPicture,
  job: Job,
  mayGoOn: () => boolean,
): Promise<boolean> {
  for (const step of await stepsFor(model, expected, job)) {
    await yieldToEvents();
    job.signal.throwIfAborted();
    if (!mayGoOn()) return false;
    await step();
  }
  return true;
}

type Step = () => Promise<unknown>;

async function stepsFor(model: Model, expected: ExpectedPicture, job: Job): Promise<readonly Step[]> {
  const dims = expectedDims(model, expected);
  const needs = expectedNeeds(model, expected);
  const sessions = needs.map((need) => () => model.sessions.warmUp([need], job));
  const pixels = dims[1] * dims[2] * model.config.vaeScaleFactor ** 2;
  const fits = (await model.sessions.largestTensorBytes(job)) >= pixels * bytesPerPixel;
  const runs = [
    () => learnColours(model, job),
    () => model.encodePrompts([''], job),
    () => runUnet(model, dims, expected, job),
    ...(fits ? [() => runDecoder(model, dims, job)] : []),
  ];
  // On the CPU nothing is compiled: a run would only take its time.
  return [...sessions, ...(model.sessions.backend === 'webgpu' ? runs : [])];
}

async function runUnet(
  model: Model,
  dims: LatentDims,
  { guidanceScale, speed }: ExpectedPicture,
  job: Job,
): Promise<void> {
  const { timeCondDim } = model.config;
  const [prompt] = await model.encodePrompts([''], job);
  const prompts = Array.from({ length: passesOf(model, guidanceScale) }, () => prompt!);
  const [channels, height, width] = dims;
  const seen = model.config.inpaints ? zeros([channels + 1, height, width]) : null;
  const call = {
    ...modelInput(zeros(dims), dims, seen),
    timestep: 500,
    prompts,
    guidanceEmbedding: timeCondDim === null ? null : guidanceEmbedding(guidanceScale, timeCondDim),
  };
  const need = unetNeed(dims, wayOf(speed) ? 1 : prompts.length, prompt!.tokens);
  await model.sessions.use(need, job, (unet) => predict(unet, call));
}

async function runDecoder({ sessions }: Model, dims: LatentDims, job: Job): Promise<void> {
  await sessions.use(decoderNeed(dims), job, (decoder) => decode(decoder, zeros(dims), dims));
}

const zeros = (dims: LatentDims) => new Float32Array(dims.reduce((product, size) => product * size, 1));
