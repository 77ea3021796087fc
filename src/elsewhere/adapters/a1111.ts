/**
 * AUTOMATIC1111's web UI and its kin (Forge, SD.Next), started with `--api`. Shapes: `modules/api/api.py`, `modules/api/models.py` and
 * `modules/progress.py` of https://github.com/AUTOMATIC1111/stable-diffusion-webui.
 */
import { samplerChoices } from '../../domain/diffusion/samplers/choices.ts';
import { limits } from '../../domain/limits.ts';
import { scheduleName } from '../../domain/recipe/sampler-names.ts';
import { toBase64 } from '../../engine/base64.ts';
import type {
  MachineDraw,
  MachineFeature,
  MachineModel,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import type { Adapter, AdapterTools, DrawTools } from '../asking/adapter.ts';
import { ask, askAny, askJson, readJson } from '../asking/ask.ts';
import { listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../asking/json.ts';
import { machineModel } from '../asking/models.ts';
import { whenFree } from '../asking/patience.ts';
import { madePicture, seedWritten, type ToldSettings } from '../asking/picture-file.ts';
import { oldName, webUiSamplers } from '../asking/sampler-tables.ts';
import { stoppable } from '../asking/signals.ts';
import { machineError, statusError } from '../asking/trouble.ts';
import { basicAuth, interrupt, newTaskId, watchTask } from './a1111-task.ts';

const can: readonly MachineFeature[] = [
  ...([
    'negative-prompt',
    'guidance',
    'seed',
    'size',
    'sampler',
    'schedule',
    'noise',
    'variation',
    'clip-skip',
  ] as const),
  ...(['lora', 'img2img', 'inpaint', 'preview', 'cancel'] as const),
];

const adapter: Adapter = {
  capabilities: async (tools) => {
    const { samplers, schedules } = await samplerNames(tools);
    return {
      models: await modelsOf(tools),
      samplers: ['model', ...webUiSamplers(samplers, schedules)],
      sizes: { multiple: 8, side: limits.pictureSide, maxPixels: limits.pictureSide.max ** 2 },
      steps: limits.steps,
      can: can.filter((feature) => feature !== 'schedule' || schedules !== null),
    };
  },
  draw: async (draw, tools) => {
    await useModel(tools, draw.model);
    const request = await requestOf(draw);
    tools.onEvent({ phase: 'sending' });
    return drawAsked(draw, request, tools);
  },
};
export default adapter;

async function samplerNames(tools: AdapterTools) {
  const headers = basicAuth(tools.machine);
  const samplers = listOf(await askJson(tools, { path: '/sdapi/v1/samplers', headers }));
  // Before 1.9 there was none.
  const answer = await askAny(tools, { path: '/sdapi/v1/schedulers', headers });
  const labels = listOf(answer.status === 200 ? readJson(tools, answer) : []).map(
    (each) => objectOf(each)['label'],
  );
  const schedules = labels.filter((label) => typeof label === 'string');
  return {
    samplers: new Set(samplers.flatMap((each) => namesOf(objectOf(each)))),
    schedules: schedules.length > 0 ? new Set(schedules) : null,
  };
}

const namesOf = ({ name, aliases }: JsonObject) =>
  [name, ...listOf(aliases)].filter((each) => typeof each === 'string');

/** What is loaded comes first. */
async function modelsOf(tools: AdapterTools): Promise<readonly MachineModel[]> {
  const headers = basicAuth(tools.machine);
  const found = listOf(await askJson(tools, { path: '/sdapi/v1/sd-models', headers })).flatMap((each) => {
    const { title, model_name: name, sha256, hash } = objectOf(each);
    const id = textOf(title) ?? textOf(name);
    return id === undefined
      ? []
      : [machineModel(id, textOf(name) ?? id, textOf(sha256) ?? textOf(hash) ?? '')];
  });
  const current = await currentModel(tools);
  return [...found.filter(({ id }) => id === current), ...found.filter(({ id }) => id !== current)];
}

const currentModel = async (tools: AdapterTools) =>
  textOf(
    objectOf(await askJson(tools, { path: '/sdapi/v1/options', headers: basicAuth(tools.machine) }))[
      'sd_model_checkpoint'
    ],
  );

const loadLimitMs = 10 * 60_000;

/** As its own page does it. A picture's `override_settings` would load it and the one before it again for each picture. */
async function useModel(tools: DrawTools, model: string): Promise<void> {
  if ((await whenFree(tools, () => currentModel(tools))) === model) return;
  await ask(tools, {
    path: '/sdapi/v1/options',
    method: 'POST',
    json: { sd_model_checkpoint: model },
    headers: basicAuth(tools.machine),
    limitMs: loadLimitMs,
  });
}

interface Request {
  readonly path: string;
  readonly taskId: string;
  readonly json: object;
}

async function requestOf({ settings, source, mask }: MachineDraw): Promise<Request> {
  const { variation, noise } = settings;
  const taskId = newTaskId();
  const common = {
    prompt: settings.prompt,
    negative_prompt: settings.negativePrompt,
    steps: settings.steps,
    cfg_scale: settings.guidanceScale,
    seed: settings.seed,
    width: settings.width,
    height: settings.height,
    batch_size: 1,
    n_iter: 1,
    force_task_id: taskId,
    save_images: false,
    ...(variation && { subseed: variation.seed, subseed_strength: variation.strength }),
    ...samplerOf(settings),
    override_settings: {
      randn_source: noise === 'nvidia' ? 'NV' : 'CPU',
      samples_format: 'png',
      CLIP_stop_at_last_layers: settings.clipSkip ?? 1,
    },
    override_settings_restore_afterwards: true,
  };
  if (!source) return { path: '/sdapi/v1/txt2img', taskId, json: common };
  const json = {
    ...common,
    init_images: [await toBase64(source.file)],
    denoising_strength: source.strength,
    // Cropped where its shape is another; never stretched.
    resize_mode: 1,
    ...(mask && { mask: await toBase64(mask), inpainting_fill: 1, inpaint_full_res: false, mask_blur: 0 }),
  };
  return { path: '/sdapi/v1/img2img', taskId, json };
}

/** Both spellings of a schedule: those before 1.9 do not look at `scheduler`, and those after read the old name too. */
function samplerOf({ sampler, schedule }: MachineDraw['settings']): JsonObject {
  if (sampler === 'model') return {};
  if (!schedule) return { sampler_name: oldName(sampler), scheduler: samplerChoices[sampler].webUi[1] };
  return { sampler_name: samplerChoices[sampler].webUi[0], scheduler: scheduleName(schedule) };
}

async function drawAsked(draw: MachineDraw, request: Request, tools: DrawTools): Promise<MachinePicture> {
  const beganMs = tools.now();
  const line = new AbortController();
  const ended = new AbortController();
  const { path, taskId, json } = request;
  const asked = { path, method: 'POST', json, headers: basicAuth(tools.machine), limitMs: null } as const;
  const answered = whenFree(tools, () => askJson(tools, { ...asked, signal: line.signal }));
  const watched = watchTask(tools, { taskId, steps: draw.settings.steps, ended: ended.signal });
  try {
    const stop = () => interrupt(tools, taskId);
    const answer = objectOf(await stoppable(Promise.race([answered, watched]), tools.signal, stop));
    tools.onEvent({ phase: 'receiving' });
    return await pictureOf(draw, answer, tools, tools.now() - beganMs);
  } finally {
    ended.abort();
    line.abort();
    answered.catch(() => undefined);
    watched.catch(() => undefined);
  }
}

async function pictureOf(draw: MachineDraw, { images, info }: JsonObject, tools: DrawTools, drawMs: number) {
  const [image] = listOf(images);
  if (typeof image !== 'string') {
    throw machineError(tools.machine.kind, 'machine-answer', 'The answer holds no picture.');
  }
  return madePicture(tools, draw, image, toldBy(info) ?? (await toldByPicture(tools, image)), drawMs);
}

/** `info` is JSON in a text. */
function toldBy(info: Json | undefined): ToldSettings | null {
  try {
    const told = objectOf(JSON.parse(textOf(info) ?? ''));
    const seed = numberOf(listOf(told['all_seeds'])[0]) ?? numberOf(told['seed']);
    if (seed === undefined) return null;
    return { seed, steps: numberOf(told['steps']), guidanceScale: numberOf(told['cfg_scale']) };
  } catch {
    return null;
  }
}

/** What the picture itself tells; where we cannot read it, its maker may. */
async function toldByPicture(tools: AdapterTools, image: string): Promise<ToldSettings> {
  const written = seedWritten(image);
  if (written !== undefined) return { seed: written };
  const headers = basicAuth(tools.machine);
  const answer = await askAny(tools, {
    path: '/sdapi/v1/png-info',
    method: 'POST',
    json: { image },
    headers,
  });
  if (answer.status === 401) throw statusError(tools.machine.kind, answer);
  if (answer.status !== 200) return {};
  const { parameters, info } = objectOf(readJson(tools, answer));
  const inText = /\bSeed: (\d+)/.exec(textOf(info) ?? '')?.[1];
  return { seed: numberOf(objectOf(parameters)['Seed']) ?? numberOf(inText) };
}
