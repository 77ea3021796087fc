/**
 * As the AI Horde answers, API 2.5: `horde/apis/v2/stable.py`, `horde/apis/models/stable_v2.py`, `horde/exceptions.py`. Pictures come in base64, as
 * asked with `r2: false`.
 */
import { pictureOf, stages, type Behaviour } from './behaviour.ts';
import { serveMachine, type MachineServer, type Seen, type ServerOptions } from './machine-server.ts';

/** `KNOWN_SAMPLERS` of `horde/consts.py`. */
const samplers = [
  ...['k_lms', 'k_heun', 'k_euler', 'k_euler_a', 'k_dpm_2', 'k_dpm_2_a', 'k_dpm_fast', 'k_dpm_adaptive'],
  ...['k_dpmpp_2s_a', 'k_dpmpp_2m', 'dpmsolver', 'k_dpmpp_sde', 'DDIM', 'lcm'],
];

export interface HordeBehaviour extends Behaviour {
  /** No machine there can make it. */
  readonly impossible?: boolean;
  readonly faulted?: boolean;
  /** Over the size or number of steps that needs kudos first. */
  readonly needsKudos?: boolean;
}

export interface HordeServer extends MachineServer {
  readonly deleted: () => number;
}

interface Request {
  readonly body: Seen['body'];
  readonly stage: ReturnType<typeof stages>;
}

export async function hordeServer(
  behaviour: HordeBehaviour = {},
  options: ServerOptions = {},
): Promise<HordeServer> {
  const requests = new Map<string, Request>();
  let deleted = 0;
  const server = await serveMachine((seen, reply) => {
    const { method, path, body, headers } = seen;
    if (!/^[^:]+:[^:]+:[^:]+$/.test(String(headers['client-agent']))) {
      return reply.json(403, { message: 'unknown client', rc: 'Forbidden' });
    }
    if (method === 'GET' && path === '/v2/status/models') return reply.json(200, models);
    if (method === 'GET' && path === '/v2/find_user') {
      return reply.json(200, { username: 'db0#1', id: 1, kudos: 1234.5, trusted: false });
    }
    if (method === 'POST' && path === '/v2/generate/async') {
      const problem = refusal(seen, behaviour);
      if (problem) return reply.json(...problem);
      if (body['dry_run'] === true) return reply.json(200, { kudos: 11 });
      const id = `00000000-0000-0000-0000-${String(requests.size).padStart(12, '0')}`;
      requests.set(id, { body, stage: stages(behaviour) });
      return reply.json(202, { id, kudos: 11 });
    }
    const [, what, id = ''] = /^\/v2\/generate\/(check|status)\/([\w-]+)$/.exec(path) ?? [];
    const request = requests.get(id);
    if (!request)
      return reply.json(404, { message: `Request with ID '${id}' not found.`, rc: 'RequestNotFound' });
    if (method === 'DELETE') deleted += 1;
    if (what === 'check') return reply.json(200, check(request, behaviour));
    return reply.json(200, { ...done, generations: [generation(request, behaviour)], shared: false });
  }, options);
  return { ...server, deleted: () => deleted };
}

const models = [
  {
    name: 'AlbedoBase XL (SDXL)',
    count: 3,
    performance: 1_000_000,
    queued: 0,
    jobs: 0,
    eta: 0,
    type: 'image',
  },
  {
    name: 'stable_diffusion',
    count: 20,
    performance: 2_000_000,
    queued: 5_000_000,
    jobs: 3,
    eta: 12,
    type: 'image',
  },
];

const done = {
  finished: 1,
  processing: 0,
  restarted: 0,
  waiting: 0,
  done: true,
  faulted: false,
  wait_time: 0,
  queue_position: 0,
  kudos: 11,
  is_possible: true,
};

function refusal(
  { headers, body }: Seen,
  { key = '0000000000', needsKudos }: HordeBehaviour,
): [number, unknown] | null {
  if (headers['apikey'] !== key) {
    return [
      401,
      {
        message:
          'No user matching sent API Key. Have you remembered to register at https://aihorde.net/register ?',
        rc: 'InvalidAPIKey',
      },
    ];
  }
  const params = body['params'] as Record<string, unknown>;
  const errors = {
    ...([params['width'], params['height']].some((side) => Number(side) % 64 !== 0) && {
      'params.width': 'not a multiple of 64',
    }),
    ...(params['sampler_name'] !== undefined &&
      !samplers.includes(params['sampler_name'] as string) && {
        'params.sampler_name': 'not one of the known samplers',
      }),
    ...(typeof params['seed'] !== 'string' && { 'params.seed': 'is not of type string' }),
    ...(params['n'] !== 1 && { 'params.n': 'seeds of several are not exact' }),
  };
  if (Object.keys(errors).length > 0) return [400, { message: 'Input payload validation failed', errors }];
  if (needsKudos) {
    return [
      403,
      {
        message:
          'Due to heavy demand, for requests over 576x576 or over 50 steps the client needs to already have the required kudos.',
        rc: 'KudosUpfront',
      },
    ];
  }
  return null;
}

function check({ stage }: Request, { impossible, faulted }: HordeBehaviour) {
  const seen = stage.look();
  const common = { ...done, finished: 0, done: false, is_possible: !impossible, faulted: faulted ?? false };
  if (seen === null) return done;
  if ('waits' in seen)
    return { ...common, waiting: 1, queue_position: seen.waits, wait_time: seen.waits * 60 };
  return { ...common, processing: 1, wait_time: Math.round(10 * (1 - seen.fraction)) };
}

function generation({ body }: Request, behaviour: HordeBehaviour) {
  const params = body['params'] as Record<string, unknown>;
  const seed = behaviour.seed ?? Number(params['seed']);
  const size = { width: Number(params['width']), height: Number(params['height']) };
  const { censored = false } = behaviour;
  return {
    img: pictureOf({ seed, ...size }, behaviour),
    seed: String(seed),
    worker_id: '6f2c4c9c-0000-0000-0000-000000000000',
    worker_name: 'a worker',
    model: (body['models'] as string[])[0],
    state: censored ? 'censored' : 'ok',
    censored,
    gen_metadata: censored ? [{ type: 'censorship', value: 'nsfw' }] : [],
  };
}
