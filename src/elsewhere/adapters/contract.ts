/** The service that Zoetrope succeeds, and Zoetrope itself: one contract. What it takes, its own OpenAPI document tells. */
import { samplerIds } from '../../domain/diffusion/samplers/choices.ts';
import { limits } from '../../domain/limits.ts';
import type {
  MachineCapabilities,
  MachineDraw,
  MachineFeature,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import type { AdapterTools } from '../asking/adapter.ts';
import { askAny, askJson, readJson } from '../asking/ask.ts';
import { isObject, listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../asking/json.ts';
import { machineModel } from '../asking/models.ts';
import { madePicture } from '../asking/picture-file.ts';
import { machineError } from '../asking/trouble.ts';

type Headers = Readonly<Record<string, string>>;

/** Throws `machine-answer` for what speaks another language. */
export async function contractCapabilities(
  tools: AdapterTools,
  headers: Headers,
): Promise<MachineCapabilities> {
  const status = objectOf(
    await askJson(tools, { path: '/', headers: { ...headers, Accept: 'application/json' } }),
  );
  if (status['status'] !== 'running') {
    throw machineError(tools.machine.kind, 'machine-answer', 'The server does not say that it is running.');
  }
  const fields = await fieldsOf(tools, headers);
  return {
    models: [machineModel(textOf(status['model']) ?? 'default')],
    samplers: ['model', ...samplerIds.filter((id) => optionsOf(fields['scheduler']).has(id))],
    sizes: { multiple: 8, side: limits.pictureSide, maxPixels: limits.pictureSide.max ** 2 },
    steps: limits.steps,
    can: (Object.keys(needs) as (keyof typeof needs)[]).filter((feature) =>
      needs[feature].every((field) => field in fields),
    ),
  };
}

/** Features by the fields that they need. */
const needs = {
  'negative-prompt': ['negative_prompt'],
  guidance: ['guidance_scale'],
  seed: ['seed'],
  size: ['width', 'height'],
  sampler: ['scheduler'],
  schedule: ['schedule'],
  noise: ['noise'],
  'clip-skip': ['clip_skip'],
  speed: ['speed'],
  variation: ['variation_seed', 'variation_strength'],
} as const satisfies Partial<Record<MachineFeature, readonly string[]>>;

/** Of the body of `POST /generate`. The original's few, where there is no document. */
async function fieldsOf(tools: AdapterTools, headers: Headers): Promise<JsonObject> {
  const answer = await askAny(tools, { path: '/openapi.json', headers });
  if (answer.status !== 200) return {};
  const document = objectOf(readJson(tools, answer));
  const post = objectOf(objectOf(objectOf(document['paths'])['/generate'])['post']);
  const content = objectOf(objectOf(post['requestBody'])['content']);
  const schema = objectOf(objectOf(content['application/json'])['schema']);
  return objectOf(resolve(document, schema)['properties']);
}

/** One step of `$ref`, inside the document. */
function resolve(document: JsonObject, schema: JsonObject): JsonObject {
  const path = /^#\/(.*)$/.exec(textOf(schema['$ref']) ?? '')?.[1];
  if (path === undefined) return schema;
  return objectOf(path.split('/').reduce<unknown>((at, key) => objectOf(at)[key], document));
}

function optionsOf(schema: Json | undefined): ReadonlySet<unknown> {
  if (!isObject(schema)) return new Set();
  return new Set([
    ...listOf(schema['enum']),
    ...listOf(schema['anyOf']).flatMap((each) => [...optionsOf(each)]),
  ]);
}

/** Fields that the machine does not know are not sent: the original refuses none, and heeds none. */
export function contractRequest({ settings }: MachineDraw, known: MachineCapabilities['can']): JsonObject {
  const { variation, schedule, noise, clipSkip, speed } = settings;
  const has = (feature: MachineFeature) => known.includes(feature);
  return {
    prompt: settings.prompt,
    num_inference_steps: settings.steps,
    return_base64: true,
    ...(has('negative-prompt') && { negative_prompt: settings.negativePrompt }),
    ...(has('guidance') && { guidance_scale: settings.guidanceScale }),
    ...(has('seed') && { seed: settings.seed }),
    ...(has('size') && { width: settings.width, height: settings.height }),
    ...(has('sampler') && { scheduler: settings.sampler }),
    ...(has('schedule') && schedule && { schedule }),
    ...(has('noise') && noise && { noise }),
    ...(has('clip-skip') && clipSkip !== undefined && { clip_skip: clipSkip }),
    ...(has('speed') && speed && { speed }),
    ...(has('variation') &&
      variation && { variation_seed: variation.seed, variation_strength: variation.strength }),
  };
}

/** From `{"success":true,"image_base64":"…","seed":…}`. */
export function contractPicture(
  tools: AdapterTools,
  draw: MachineDraw,
  answer: Json,
  drawMs: number,
): MachinePicture {
  const { image_base64: image, seed, steps } = objectOf(answer);
  if (typeof image !== 'string') {
    throw machineError(tools.machine.kind, 'machine-answer', 'The answer holds no picture.');
  }
  return madePicture(tools, draw, image, { seed: numberOf(seed), steps: numberOf(steps) }, drawMs);
}
