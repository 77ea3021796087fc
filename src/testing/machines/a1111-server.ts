/**
 * As AUTOMATIC1111's web UI 1.10 answers with `--api`: `modules/api/api.py`, `modules/api/models.py`, `modules/progress.py`. One picture at a time; a
 * request is held until it is drawn, and how far it is depends on how often it is asked about.
 */
import { pictureOf, stages, type Behaviour } from './behaviour.ts';
import {
  serveMachine,
  type MachineServer,
  type Reply,
  type Seen,
  type ServerOptions,
} from './machine-server.ts';

const samplers = [
  'DPM++ 2M',
  'DPM++ SDE',
  'DPM++ 2M SDE',
  'Euler a',
  'Euler',
  'LMS',
  'Heun',
  'DPM2',
  'DDIM',
  'PLMS',
  'UniPC',
  'LCM',
];
const schedules = ['Automatic', 'Uniform', 'Karras', 'Exponential', 'SGM Uniform', 'Simple', 'Beta'];

const models = [
  {
    title: 'v1-5-pruned-emaonly.safetensors [6ce0161689]',
    model_name: 'v1-5-pruned-emaonly',
    hash: '6ce0161689',
    sha256: '6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa',
    filename: '/models/Stable-diffusion/v1-5-pruned-emaonly.safetensors',
    config: null,
  },
  {
    title: 'sd_xl_base_1.0.safetensors',
    model_name: 'sd_xl_base_1.0',
    hash: null,
    sha256: null,
    filename: '/models/Stable-diffusion/sd_xl_base_1.0.safetensors',
    config: null,
  },
];

export interface A1111Behaviour extends Behaviour {
  /** `--nowebui`: without `/internal/progress`. */
  readonly withoutInternal?: boolean;
  /** Before 1.9: schedules are part of a sampler's name. */
  readonly old?: boolean;
  /** An `info` that is no JSON. */
  readonly withoutInfo?: boolean;
}

export interface A1111Server extends MachineServer {
  readonly interrupted: () => number;
}

interface Task {
  readonly id: string;
  readonly stage: ReturnType<typeof stages>;
  state: 'queued' | 'active' | 'done';
  fraction: number;
  readonly end: () => void;
}

export async function a1111Server(
  behaviour: A1111Behaviour = {},
  options: ServerOptions = {},
): Promise<A1111Server> {
  let loaded = models[0]!.title;
  let interrupts = 0;
  let task: Task | null = null;

  const look = () => {
    if (!task || task.state === 'done') return;
    const seen = task.stage.look();
    if (seen === null) task.end();
    else if ('waits' in seen) task.state = 'queued';
    else [task.state, task.fraction] = ['active', seen.fraction];
  };
  const draw = (seen: Seen, reply: Reply) => {
    const problem = refusal(seen, behaviour);
    if (problem) return reply.json(...problem);
    const id = String(seen.body['force_task_id']);
    const end = () => {
      if (task?.state === 'done') return;
      task!.state = 'done';
      reply.json(200, made(seen.body, behaviour, loaded));
    };
    task = { id, stage: stages(behaviour), state: 'queued', fraction: 0, end };
  };
  const answers: Record<string, (seen: Seen, reply: Reply) => void> = {
    'GET /sdapi/v1/samplers': (_, reply) => reply.json(200, samplerItems(behaviour)),
    'GET /sdapi/v1/schedulers': (_, reply) =>
      behaviour.old
        ? reply.json(404, { detail: 'Not Found' })
        : reply.json(
            200,
            schedules.map((label) => ({ name: label.toLowerCase(), label, aliases: null })),
          ),
    'GET /sdapi/v1/sd-models': (_, reply) => reply.json(200, models),
    'GET /sdapi/v1/options': (_, reply) =>
      reply.json(200, { samples_format: 'png', sd_model_checkpoint: loaded }),
    'POST /sdapi/v1/options': ({ body }, reply) => {
      const wanted = models.find(({ title }) => title === body['sd_model_checkpoint']);
      if (!wanted)
        return reply.json(500, { error: 'RuntimeError', detail: '', body: '', errors: 'model not found' });
      loaded = wanted.title;
      reply.json(200, null);
    },
    'POST /sdapi/v1/txt2img': draw,
    'POST /sdapi/v1/img2img': draw,
    'GET /sdapi/v1/progress': (_, reply) => {
      look();
      reply.json(200, outside(task));
    },
    'POST /internal/progress': ({ body }, reply) => {
      if (behaviour.withoutInternal) return reply.json(404, { detail: 'Not Found' });
      look();
      reply.json(200, inside(task, String(body['id_task']), Number(body['id_live_preview'])));
    },
    'POST /sdapi/v1/interrupt': (_, reply) => {
      interrupts += 1;
      // What is drawn comes as far as it is.
      if (task?.state === 'active') task.end();
      reply.json(200, {});
    },
    'POST /sdapi/v1/png-info': (_, reply) =>
      reply.json(200, { info: '', items: {}, parameters: { Seed: String(behaviour.seed ?? 77) } }),
  };
  const server = await serveMachine((seen, reply) => {
    if (behaviour.key !== undefined && seen.path.startsWith('/sdapi') && !isLetIn(seen, behaviour.key)) {
      return reply.json(401, { detail: 'Incorrect username or password' }, { 'www-authenticate': 'Basic' });
    }
    const found = answers[`${seen.method} ${seen.path}`];
    return found ? found(seen, reply) : reply.json(404, { detail: 'Not Found' });
  }, options);
  return { ...server, interrupted: () => interrupts };
}

const isLetIn = ({ headers }: Seen, key: string) =>
  headers.authorization === `Basic ${Buffer.from(key).toString('base64')}`;

const samplerItems = ({ old }: A1111Behaviour) =>
  [...samplers, ...(old ? ['DPM++ 2M Karras', 'DPM++ SDE Karras'] : [])].map((name) => ({
    name,
    aliases: [`k_${name.toLowerCase().replaceAll(/[ +]/g, '')}`],
    options: {},
  }));

/** As it refuses what it cannot read. */
function refusal({ path, body }: Seen, { old }: A1111Behaviour): [number, unknown] | null {
  const { sampler_name: asked = 'Euler', init_images: images, width, height } = body;
  const sampler = asked as string;
  const known = samplerItems({ ...(old !== undefined && { old }) }).map(({ name }) => name);
  const bare = sampler.replace(/ (Karras|Exponential)$/, '');
  if (!known.includes(sampler) && !known.includes(bare)) {
    return [404, { error: 'HTTPException', detail: 'Sampler not found', body: '', errors: '' }];
  }
  if (path.endsWith('img2img') && !Array.isArray(images)) {
    return [404, { error: 'HTTPException', detail: 'Init image not found', body: '', errors: '' }];
  }
  const multiple = [width, height].every((side) => typeof side === 'number' && side % 8 === 0);
  return multiple
    ? null
    : [500, { error: 'RuntimeError', detail: '', body: '', errors: 'Sizes of tensors must match' }];
}

function made(body: Seen['body'], behaviour: A1111Behaviour, model: string) {
  const seed = behaviour.seed ?? Number(body['seed']);
  const size = { width: Number(body['width']), height: Number(body['height']) };
  const { withoutInfo } = behaviour;
  const { steps, cfg_scale: cfg, sampler_name: sampler } = body as Record<string, unknown>;
  const parameters = `${String(body['prompt'])}\nSteps: ${String(steps)}, Sampler: ${String(sampler)}, Seed: ${seed}`;
  const info = {
    prompt: body['prompt'],
    seed,
    all_seeds: [seed],
    steps,
    cfg_scale: cfg,
    sampler_name: sampler,
    ...size,
    sd_model_name: model,
  };
  return {
    images: [pictureOf({ seed, ...size, ...(!withoutInfo && { parameters }) }, behaviour)],
    parameters: body,
    info: withoutInfo ? '' : JSON.stringify(info),
  };
}

const preview = pictureOf({ seed: 0, width: 8, height: 8 }, {});

function inside(task: Task | null, id: string, seenPreview: number) {
  const active = task?.id === id && task.state === 'active';
  const queued = task?.id === id && task.state === 'queued';
  const completed = task?.id === id && task.state === 'done';
  const common = { active, queued, paused: false, completed, textinfo: queued ? 'Queued...' : 'Waiting...' };
  if (!active) return { ...common, progress: null, eta: null, live_preview: null, id_live_preview: -1 };
  const { fraction } = task;
  const own = Math.round(fraction * 10);
  const live = own === seenPreview ? null : `data:image/jpeg;base64,${preview}`;
  return {
    ...common,
    progress: fraction,
    eta: 10 * (1 - fraction),
    live_preview: live,
    id_live_preview: own,
  };
}

function outside(task: Task | null) {
  const steps = 20;
  const fraction = task?.state === 'active' ? task.fraction : 0;
  return {
    progress: fraction === 0 ? 0 : fraction + 0.01,
    eta_relative: 10 * (1 - fraction),
    state: {
      skipped: false,
      interrupted: false,
      job: 'scripts_txt2img',
      job_count: 1,
      job_no: 0,
      sampling_step: Math.round(fraction * steps),
      sampling_steps: steps,
    },
    current_image: fraction > 0 ? preview : null,
    textinfo: null,
  };
}
