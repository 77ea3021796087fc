/**
 * stable-diffusion.cpp's server: its own jobs (`/sdcpp/v1`), or AUTOMATIC1111's routes where an older build has no others. Shapes:
 * `examples/server/api.md` of https://github.com/leejet/stable-diffusion.cpp.
 */
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { limits, type Range } from '../../domain/limits.ts';
import { toBase64 } from '../../engine/base64.ts';
import type {
  MachineCapabilities,
  MachineDraw,
  MachineFeature,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import type { Adapter, AdapterTools, DrawTools } from '../asking/adapter.ts';
import { ask, askAny, askJson, readJson } from '../asking/ask.ts';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from '../asking/json.ts';
import { machineModel } from '../asking/models.ts';
import { watch, whenFree, type Seen } from '../asking/patience.ts';
import { madePicture, seedWritten } from '../asking/picture-file.ts';
import { sdServerSampler, sdServerSamplers, sdServerSchedules } from '../asking/sampler-tables.ts';
import { neverAborts, stoppable } from '../asking/signals.ts';
import { machineError, statusError } from '../asking/trouble.ts';

const adapter: Adapter = {
  capabilities: async (tools) => {
    const told = await toldBy(tools);
    return told ? capabilitiesOf(told) : withoutTags(await (await webUi()).capabilities(tools));
  },
  draw: async (draw, tools) => {
    const told = await whenFree(tools, () => toldBy(tools));
    return told ? drawAsJob(draw, told, tools) : (await webUi()).draw(draw, tools);
  },
};
export default adapter;

const webUi = async () => (await import('./a1111.ts')).default;

/** Its routes of that kind read no tags in prompts, and tell nothing on the way. */
const withoutTags = (capabilities: MachineCapabilities): MachineCapabilities => {
  const missing: readonly MachineFeature[] = ['lora', 'noise', 'variation', 'clip-skip', 'preview', 'cancel'];
  return { ...capabilities, can: capabilities.can.filter((feature) => !missing.includes(feature)) };
};

/** Null for a build without jobs. */
async function toldBy(tools: AdapterTools): Promise<JsonObject | null> {
  const answer = await askAny(tools, { path: '/sdcpp/v1/capabilities' });
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw statusError(tools.machine.kind, answer);
  const told = objectOf(readJson(tools, answer));
  if (!isObject(told['model'])) {
    throw machineError(tools.machine.kind, 'machine-answer', 'The server names no model.');
  }
  return told;
}

function capabilitiesOf(told: JsonObject): MachineCapabilities {
  const features = objectOf(objectOf(told['features_by_mode'])['img_gen'] ?? told['features']);
  const has = (name: string) => features[name] === true;
  const names = (key: string) => new Set(listOf(told[key]).filter((each) => typeof each === 'string'));
  return {
    models: [modelOf(told)],
    samplers: ['model', ...sdServerSamplers(names('samplers'), names('schedulers'))],
    sizes: sizesOf(objectOf(told['limits'])),
    steps: limits.steps,
    can: [
      ...(['negative-prompt', 'guidance', 'seed', 'size', 'sampler', 'schedule', 'clip-skip'] as const),
      ...(has('lora') ? (['lora'] as const) : []),
      ...(has('init_image') ? (['img2img'] as const) : []),
      ...(has('mask_image') ? (['inpaint'] as const) : []),
      ...(has('cancel_queued') || has('cancel_generating') ? (['cancel'] as const) : []),
    ],
  };
}

function modelOf({ model }: JsonObject) {
  const { name, stem } = objectOf(model);
  const id = textOf(stem) ?? textOf(name) ?? '';
  return machineModel(id === '' ? 'sd-cpp-local' : id);
}

function sizesOf(told: JsonObject): MachineCapabilities['sizes'] {
  const { min, max } = limits.pictureSide;
  const side: Range = {
    min: Math.max(min, numberOf(told['min_width']) ?? min, numberOf(told['min_height']) ?? min),
    max: Math.min(max, numberOf(told['max_width']) ?? max, numberOf(told['max_height']) ?? max),
  };
  return { multiple: 64, side, maxPixels: side.max ** 2 };
}

async function requestOf({ settings, source, mask }: MachineDraw, told: JsonObject): Promise<object> {
  const { text, loras } = readPromptLoras(settings.prompt);
  const named = sdServerSampler(settings.sampler);
  const scheduler = settings.schedule ? sdServerSchedules[settings.schedule] : named?.schedule;
  return {
    prompt: text,
    negative_prompt: settings.negativePrompt,
    width: settings.width,
    height: settings.height,
    seed: settings.seed,
    batch_count: 1,
    clip_skip: settings.clipSkip ?? -1,
    sample_params: {
      sample_steps: settings.steps,
      guidance: { txt_cfg: settings.guidanceScale },
      ...(named && { sample_method: named.sampler }),
      ...(scheduler !== undefined && { scheduler }),
    },
    lora: loras.map(({ name, unetWeight }) => ({ path: pathOf(name, told), multiplier: unetWeight })),
    ...(source && { init_image: await toBase64(source.file), strength: source.strength }),
    ...(mask && { mask_image: await toBase64(mask) }),
    embed_image_metadata: true,
    output_format: 'png',
  };
}

/** It asks for paths, and tells which it has. */
function pathOf(name: string, told: JsonObject): string {
  const found = listOf(told['loras'])
    .map(objectOf)
    .find((each) => each['name'] === name);
  return textOf(found?.['path']) ?? name;
}

async function drawAsJob(draw: MachineDraw, told: JsonObject, tools: DrawTools): Promise<MachinePicture> {
  tools.onEvent({ phase: 'sending' });
  const beganMs = tools.now();
  const json = await requestOf(draw, told);
  // Once it is sent, its name must be known, or it could not be stopped.
  const submitted = whenFree(tools, () =>
    askJson(tools, { path: '/sdcpp/v1/img_gen', method: 'POST', json, signal: neverAborts() }),
  );
  const job = submitted.then((answer) => jobPath(tools, objectOf(answer)));
  const stop = async () => ask(tools, { path: `${await job}/cancel`, method: 'POST', signal: neverAborts() });
  const work = job.then((path) => watch(tools, everyMs, () => look(tools, path)));
  const done = await stoppable(work, tools.signal, stop);
  tools.onEvent({ phase: 'receiving' });
  return pictureOf(draw, done, told, tools, tools.now() - beganMs);
}

const everyMs = 1000;

function jobPath({ machine }: AdapterTools, { id }: JsonObject): string {
  if (typeof id === 'string' && /^[\w-]+$/.test(id)) return `/sdcpp/v1/jobs/${id}`;
  throw machineError(machine.kind, 'machine-answer', 'The server took the job and did not name it.');
}

async function look(tools: DrawTools, path: string): Promise<Seen<JsonObject>> {
  const job = objectOf(await askJson(tools, { path }));
  const { status, queue_position: position, error } = job;
  switch (textOf(status)) {
    case 'completed':
      return { end: job };
    case 'queued':
      return { event: { phase: 'queued', place: place(numberOf(position)), leftMs: null } };
    case 'generating':
      return { event: { phase: 'drawing', fraction: null, step: null, leftMs: null } };
    case undefined:
    default: {
      const said = textOf(objectOf(error)['message']);
      const message = `The job ended as ${textOf(status) ?? 'nothing that is known'}.`;
      throw machineError(tools.machine.kind, 'machine-failed', message, said === undefined ? {} : { said });
    }
  }
}

/** Its first place is 1. */
const place = (position: number | undefined) =>
  position === undefined || position < 1 ? null : position - 1;

function pictureOf(
  draw: MachineDraw,
  { result, started, completed }: JsonObject,
  told: JsonObject,
  tools: DrawTools,
  waitedMs: number,
): MachinePicture {
  const image = objectOf(listOf(objectOf(result)['images'])[0])['b64_json'];
  if (typeof image !== 'string') {
    throw machineError(tools.machine.kind, 'machine-answer', 'The job ended without a picture.');
  }
  const [from, to] = [numberOf(started), numberOf(completed)];
  const drawMs = from !== undefined && to !== undefined && to > from ? (to - from) * 1000 : waitedMs;
  // A build that writes no settings into its pictures takes the seed as it is.
  const seed = seedWritten(image);
  return madePicture(tools, draw, image, { seed, seedIsKept: true, model: modelOf(told) }, drawMs);
}
