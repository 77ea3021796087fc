/**
 * The AI Horde, API 2.x: many people's machines behind one queue. Shapes: `horde/apis/models/stable_v2.py` and `v2.py`, `horde/apis/v2/stable.py` of
 * https://github.com/Haidra-Org/AI-Horde (AGPL; only its interface is used). One request for each picture: of several, seeds would not be exact.
 */
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { limits } from '../../domain/limits.ts';
import { toBase64 } from '../../engine/base64.ts';
import type {
  MachineDraw,
  MachineFeature,
  MachineModel,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import type { Adapter, AdapterTools, DrawTools } from '../asking/adapter.ts';
import { ask, askAny, askJson, readJson } from '../asking/ask.ts';
import { listOf, numberOf, objectOf, textOf, type JsonObject } from '../asking/json.ts';
import { machineModel } from '../asking/models.ts';
import { watch, whenFree, type Seen } from '../asking/patience.ts';
import { madePicture } from '../asking/picture-file.ts';
import { hordeSampler, hordeSamplers } from '../asking/sampler-tables.ts';
import { neverAborts, stoppable } from '../asking/signals.ts';
import { machineError, statusError } from '../asking/trouble.ts';

const anonymousKey = '0000000000';

const can: readonly MachineFeature[] = [
  ...(['negative-prompt', 'guidance', 'seed', 'size', 'sampler', 'clip-skip'] as const),
  ...(['lora', 'img2img', 'inpaint', 'cancel'] as const),
];

const adapter: Adapter = {
  capabilities: async (tools) => ({
    models: await modelsOf(tools),
    samplers: ['model', ...hordeSamplers],
    sizes: { multiple: 64, side: limits.pictureSide, maxPixels: limits.pictureSide.max ** 2 },
    steps: limits.steps,
    can,
  }),
  quote: async (draw, tools) => {
    const json = { ...(await requestOf(draw)), dry_run: true };
    const told = objectOf(
      await askJson(tools, { path: '/v2/generate/async', method: 'POST', json, headers: headersFor(tools) }),
    );
    return { kudos: numberOf(told['kudos']) ?? 0, balance: await balance(tools) };
  },
  draw: (draw, tools) => drawOne(draw, tools),
};
export default adapter;

/** `name:version:contact`. */
const headersFor = ({ machine, appName }: AdapterTools) => ({
  apikey: machine.key ?? anonymousKey,
  'Client-Agent': `${appName.replace(/ /, ':')}:browser`,
});

async function modelsOf(tools: AdapterTools): Promise<readonly MachineModel[]> {
  const path = '/v2/status/models?type=image';
  const found = listOf(await askJson(tools, { path, headers: headersFor(tools) })).map(objectOf);
  // Most machines first: the shortest wait.
  return found
    .sort((a, b) => (numberOf(b['count']) ?? 0) - (numberOf(a['count']) ?? 0))
    .flatMap(({ name }) => (typeof name === 'string' ? [machineModel(name)] : []));
}

async function balance(tools: AdapterTools): Promise<number | null> {
  if ((tools.machine.key ?? anonymousKey) === anonymousKey) return null;
  const user = objectOf(await askJson(tools, { path: '/v2/find_user', headers: headersFor(tools) }));
  return numberOf(user['kudos']) ?? null;
}

async function requestOf({ settings, source, mask, model }: MachineDraw): Promise<JsonObject> {
  const { text, loras } = readPromptLoras(settings.prompt);
  const named = hordeSampler(settings.sampler);
  const karras = named?.schedule === 'karras' || settings.schedule === 'karras';
  return {
    prompt: settings.negativePrompt === '' ? text : `${text} ### ${settings.negativePrompt}`,
    models: [model],
    nsfw: false,
    censor_nsfw: true,
    // The picture comes in the answer, not from a third place.
    r2: false,
    shared: false,
    params: {
      n: 1,
      steps: settings.steps,
      cfg_scale: settings.guidanceScale,
      // As a text: it may be any.
      seed: String(settings.seed),
      width: settings.width,
      height: settings.height,
      karras,
      ...(settings.clipSkip !== undefined && { clip_skip: settings.clipSkip }),
      ...(named && { sampler_name: named.sampler }),
      ...(source && { denoising_strength: Math.max(0.01, source.strength) }),
      ...(loras.length > 0 && {
        loras: loras.map(({ name, unetWeight, textWeight }) => ({
          name,
          model: unetWeight,
          clip: textWeight,
        })),
      }),
    },
    ...(source && {
      source_image: await toBase64(source.file),
      source_processing: mask ? 'inpainting' : 'img2img',
    }),
    ...(mask && { source_mask: await toBase64(mask) }),
  };
}

/** It lets a client look ten times a second, and take a picture ten times a minute. */
const everyMs = 2000;

async function drawOne(draw: MachineDraw, tools: DrawTools): Promise<MachinePicture> {
  tools.onEvent({ phase: 'sending' });
  const json = await requestOf(draw);
  // Once it is sent, its name must be known, or it could not be stopped.
  const request = whenFree(tools, () => submit(tools, json));
  const stop = async () =>
    ask(tools, {
      path: `/v2/generate/status/${await request}`,
      method: 'DELETE',
      headers: headersFor(tools),
      signal: neverAborts(),
    });
  let drawnSinceMs = tools.now();
  const work = request.then(async (id) => {
    await watch(tools, everyMs, async () => {
      const seen = await look(tools, id);
      if ('event' in seen && seen.event.phase === 'queued') drawnSinceMs = tools.now();
      return seen;
    });
    return result(tools, id);
  });
  const generation = await stoppable(work, tools.signal, stop);
  return pictureOf(draw, generation, tools, tools.now() - drawnSinceMs);
}

async function submit(tools: DrawTools, json: JsonObject): Promise<string> {
  const headers = headersFor(tools);
  const asked = { path: '/v2/generate/async', method: 'POST', json, headers, signal: neverAborts() } as const;
  const answer = await askAny(tools, asked);
  if (answer.status !== 202) throw refusal(tools, answer);
  const id = textOf(objectOf(readJson(tools, answer))['id']);
  if (id !== undefined && /^[\w-]+$/.test(id)) return id;
  throw machineError(tools.machine.kind, 'machine-answer', 'The request was taken, and not named.');
}

/** 403 is for much that is no matter of the key: too little kudos, an address that has to wait. */
function refusal(tools: AdapterTools, answer: Awaited<ReturnType<typeof askAny>>) {
  const error = statusError(tools.machine.kind, answer);
  if (answer.status !== 403) return error;
  const { said } = error.elsewhere ?? {};
  const { rc } = objectOf(readJson(tools, answer));
  const code = rc === 'TimeoutIP' ? 'machine-busy' : 'machine-failed';
  return machineError(tools.machine.kind, code, error.message, said === undefined ? {} : { said });
}

async function look(tools: DrawTools, id: string): Promise<Seen<true>> {
  const path = `/v2/generate/check/${id}`;
  const told = objectOf(await askJson(tools, { path, headers: headersFor(tools) }));
  const { kind } = tools.machine;
  if (told['faulted'] === true) throw machineError(kind, 'machine-failed', 'The request failed there.');
  if (told['is_possible'] === false) {
    throw machineError(
      kind,
      'machine-failed',
      'No machine there can make this: another model, a smaller size or fewer steps may do.',
    );
  }
  if (told['done'] === true) return { end: true };
  const leftSec = numberOf(told['wait_time']);
  const leftMs = leftSec === undefined ? null : leftSec * 1000;
  if ((numberOf(told['processing']) ?? 0) > 0) {
    return { event: { phase: 'drawing', fraction: null, step: null, leftMs } };
  }
  const position = numberOf(told['queue_position']);
  return {
    event: { phase: 'queued', place: position === undefined ? null : Math.max(0, position - 1), leftMs },
  };
}

async function result(tools: DrawTools, id: string): Promise<JsonObject> {
  tools.onEvent({ phase: 'receiving' });
  const path = `/v2/generate/status/${id}`;
  const told = objectOf(await whenFree(tools, () => askJson(tools, { path, headers: headersFor(tools) })));
  const [generation] = listOf(told['generations']);
  if (generation === undefined) {
    throw machineError(tools.machine.kind, 'machine-answer', 'The request ended without a picture.');
  }
  return objectOf(generation);
}

function pictureOf(
  draw: MachineDraw,
  generation: JsonObject,
  tools: DrawTools,
  drawMs: number,
): MachinePicture {
  const { kind } = tools.machine;
  if (isCensored(generation)) {
    throw machineError(
      kind,
      'machine-censored',
      'The picture was withheld by the filter of the machine that drew it.',
    );
  }
  const { img, seed, model } = generation;
  if (typeof img !== 'string') throw machineError(kind, 'machine-answer', 'The answer holds no picture.');
  const drawnWith = textOf(model) ?? draw.model;
  return madePicture(tools, draw, img, { seed: numberOf(seed), model: machineModel(drawnWith) }, drawMs);
}

/** Told in three ways, by the age of what drew it. */
const isCensored = ({ censored, state, gen_metadata: facts }: JsonObject) =>
  censored === true ||
  state === 'censored' ||
  state === 'csam' ||
  listOf(facts).some((each) => objectOf(each)['type'] === 'censorship');
