/** As stable-diffusion.cpp's server answers on `/sdcpp/v1`: `examples/server/routes_sdcpp.cpp`, `async_jobs.cpp`, `api.md`. */
import { pictureOf, stages, type Behaviour } from './behaviour.ts';
import { serveMachine, type MachineServer, type Seen, type ServerOptions } from './machine-server.ts';

const capabilities = {
  model: { name: 'sd-v1-5.safetensors', stem: 'sd-v1-5', path: '/models/sd-v1-5.safetensors' },
  current_mode: 'img_gen',
  supported_modes: ['img_gen'],
  features_by_mode: {
    img_gen: {
      init_image: true,
      mask_image: true,
      control_image: true,
      ref_images: true,
      lora: true,
      vae_tiling: true,
      hires: true,
      cache: true,
      cancel_queued: true,
      cancel_generating: false,
    },
  },
  samplers: [
    'euler',
    'euler_a',
    'heun',
    'dpm2',
    'dpm++2s_a',
    'dpm++2m',
    'dpm++2mv2',
    'lcm',
    'ddim_trailing',
    'lms',
  ],
  schedulers: ['discrete', 'normal', 'karras', 'exponential', 'ays', 'sgm_uniform', 'simple', 'beta'],
  loras: [{ name: 'ink', path: 'styles/ink.safetensors' }],
  limits: {
    min_width: 64,
    max_width: 4096,
    min_height: 64,
    max_height: 4096,
    max_batch_count: 8,
    max_queue_size: 64,
  },
};

interface Job {
  readonly id: string;
  readonly body: Seen['body'];
  readonly stage: ReturnType<typeof stages>;
  status: 'queued' | 'generating' | 'completed' | 'cancelled';
  position: number;
}

export interface SdServer extends MachineServer {
  readonly cancelled: () => number;
}

export async function sdServer(behaviour: Behaviour = {}, options: ServerOptions = {}): Promise<SdServer> {
  const jobs = new Map<string, Job>();
  let cancelled = 0;
  const server = await serveMachine((seen, reply) => {
    const { method, path, body } = seen;
    if (behaviour.key !== undefined) return reply.json(401, { error: 'unauthorized' });
    if (method === 'GET' && path === '/sdcpp/v1/capabilities') return reply.json(200, capabilities);
    if (method === 'POST' && path === '/sdcpp/v1/img_gen') {
      if (typeof body['prompt'] !== 'string')
        return reply.json(400, { error: 'invalid generation parameters' });
      const id = `job_6a2b_${String(jobs.size).padStart(8, '0')}`;
      jobs.set(id, { id, body, stage: stages(behaviour), status: 'queued', position: 1 });
      return reply.json(202, {
        id,
        kind: 'img_gen',
        status: 'queued',
        created: 1,
        poll_url: `/sdcpp/v1/jobs/${id}`,
      });
    }
    const [, id = '', cancel] = /^\/sdcpp\/v1\/jobs\/([\w-]+)(\/cancel)?$/.exec(path) ?? [];
    const job = jobs.get(id);
    if (!job) return reply.json(404, { error: 'job not found' });
    if (cancel !== undefined) {
      cancelled += 1;
      if (job.status === 'generating') {
        return reply.json(409, { error: 'job is currently generating and cannot be interrupted yet' });
      }
      if (job.status === 'queued') job.status = 'cancelled';
      return reply.json(200, view(job, behaviour));
    }
    look(job);
    return reply.json(200, view(job, behaviour));
  }, options);
  return { ...server, cancelled: () => cancelled };
}

function look(job: Job): void {
  if (job.status === 'cancelled') return;
  const seen = job.stage.look();
  if (seen === null) job.status = 'completed';
  else if ('waits' in seen) job.position = seen.waits;
  else job.status = 'generating';
}

function view(job: Job, behaviour: Behaviour) {
  const { id, status, body } = job;
  const completed = status === 'completed';
  return {
    id,
    kind: 'img_gen',
    status,
    created: 100,
    started: completed ? 100 : null,
    completed: completed ? 107 : null,
    queue_position: status === 'queued' ? job.position : 0,
    result: completed
      ? { output_format: 'png', images: [{ index: 0, b64_json: drawn(body, behaviour) }] }
      : null,
    error: status === 'cancelled' ? { code: 'cancelled', message: 'job cancelled by client' } : null,
  };
}

function drawn(body: Seen['body'], behaviour: Behaviour): string {
  const seed = behaviour.seed ?? Number(body['seed']);
  const parameters = `${String(body['prompt'])}\nSteps: 3, CFG scale: 7, Seed: ${seed}, Size: 64x64, Version: stable-diffusion.cpp`;
  return pictureOf(
    { seed, width: Number(body['width']), height: Number(body['height']), parameters },
    behaviour,
  );
}
