/**
 * The service that Zoetrope succeeds (`image` only, held until it is drawn, as FastAPI answers), and Zoetrope itself behind a pairing: the same
 * contract with more fields, and jobs.
 */
import { generateSchema } from '../../domain/api/schemas.ts';
import { pictureOf, stages, type Behaviour } from './behaviour.ts';
import {
  serveMachine,
  type MachineServer,
  type Reply,
  type Seen,
  type ServerOptions,
} from './machine-server.ts';

export interface ContractServer extends MachineServer {
  /** A request was closed before it was answered. */
  readonly hasLeft: Promise<void>;
  readonly deleted: () => number;
}

const original = {
  openapi: '3.1.0',
  paths: {
    '/generate': {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ImageRequest' } } },
        },
      },
    },
  },
  components: {
    schemas: {
      ImageRequest: {
        type: 'object',
        required: ['prompt'],
        properties: {
          prompt: { type: 'string' },
          num_inference_steps: { type: 'integer', default: 25 },
          return_base64: { type: 'boolean', default: false },
        },
      },
    },
  },
};

/** Of the original, which knows neither seeds nor sizes. */
export async function fastApiServer(
  behaviour: Behaviour = {},
  options: ServerOptions = {},
): Promise<ContractServer> {
  let leave: () => void;
  const hasLeft = new Promise<void>((resolve) => (leave = resolve));
  const server = await serveMachine((seen, reply) => {
    if (behaviour.key !== undefined) return reply.json(401, { detail: 'Not authenticated' });
    const { method, path, body } = seen;
    if (method === 'GET' && path === '/') return reply.json(200, status('segmind/tiny-sd'));
    if (method === 'GET' && path === '/openapi.json') return reply.json(200, original);
    if (method !== 'POST' || path !== '/generate') return reply.json(404, { detail: 'Not Found' });
    if (typeof body['prompt'] !== 'string') return reply.json(422, missingPrompt);
    if (behaviour.stuck) return reply.left.then(leave);
    reply.json(200, answer(body, { size: { width: 512, height: 512 }, ...behaviour }, null));
  }, options);
  return { ...server, hasLeft, deleted: () => 0 };
}

const missingPrompt = {
  detail: [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required', input: {} }],
};

const status = (model: string) => ({
  status: 'running',
  device: 'webgpu',
  model,
  endpoints: {
    generate_image: '/generate',
    generate_video: '/generate-video',
    video_info: '/generate-video/info',
  },
});

function answer(body: Seen['body'], behaviour: Behaviour, seed: number | null) {
  const size = { width: Number(body['width'] ?? 512), height: Number(body['height'] ?? 512) };
  return {
    success: true,
    prompt: body['prompt'],
    steps: body['num_inference_steps'],
    ...(seed !== null && { seed }),
    image_base64: pictureOf({ seed: 0, ...size }, behaviour),
    format: 'png',
  };
}

interface Job {
  readonly body: Seen['body'];
  readonly stage: ReturnType<typeof stages>;
}

/** Who comes without its token, or through another page, is not answered as one that was paired. */
export async function zoetropeServer(
  behaviour: Behaviour = {},
  options: ServerOptions = {},
): Promise<ContractServer> {
  const { key = 'paired' } = behaviour;
  const jobs = new Map<string, Job>();
  let deleted = 0;
  const server = await serveMachine((seen, reply) => {
    const { method, path, body, headers } = seen;
    if (headers.authorization !== `Bearer ${key}`) {
      return reply.json(401, { detail: 'This device is not paired.' }, { 'www-authenticate': 'Bearer' });
    }
    if (headers['x-zoetrope-hop'] !== '1') return reply.json(400, { detail: 'no hop' });
    if (method === 'GET' && path === '/') return reply.json(200, status('built-in'));
    if (method === 'GET' && path === '/openapi.json') return reply.json(200, own());
    if (method === 'POST' && path === '/generate') return begin(seen, reply);
    const [, id = '', result] = /^\/jobs\/([\w-]+)(\/result)?$/.exec(path) ?? [];
    const job = jobs.get(id);
    if (!job) return reply.json(404, { detail: 'Not Found' });
    if (method === 'DELETE') {
      deleted += 1;
      return reply.json(200, view(id, 'cancelled', 0, job.body));
    }
    if (result !== undefined) {
      return reply.json(200, answer(job.body, behaviour, behaviour.seed ?? Number(job.body['seed'])));
    }
    const at = job.stage.look();
    if (at === null) return reply.json(200, view(id, 'done', 1, job.body));
    return reply.json(
      200,
      'waits' in at ? view(id, 'queued', 0, job.body) : view(id, 'running', at.fraction, job.body),
    );

    function begin({ headers: { prefer } }: Seen, to: Reply) {
      const parsed = generateSchema.safeParse(body);
      if (!parsed.success)
        return to.json(422, { detail: parsed.error.issues.map(({ message }) => ({ msg: message })) });
      if (prefer !== 'respond-async') return to.json(200, answer(body, behaviour, Number(body['seed'])));
      const newId = `job-${jobs.size}`;
      jobs.set(newId, { body, stage: stages(behaviour) });
      to.json(202, view(newId, 'queued', 0, body), {
        location: `/jobs/${newId}`,
        'preference-applied': 'respond-async',
      });
    }
  }, options);
  return { ...server, hasLeft: Promise.resolve(), deleted: () => deleted };
}

function view(id: string, state: string, fraction: number, body: Seen['body']) {
  const steps = Number(body['num_inference_steps']);
  return {
    id,
    kind: 'image',
    state,
    step: Math.round(fraction * steps),
    steps,
    eta_seconds: fraction === 0 ? null : 3,
    detail: null,
    events: `/jobs/${id}/events`,
    result: `/jobs/${id}/result`,
  };
}

/** From the very schema that its requests are checked against. */
function own() {
  const properties = Object.fromEntries(Object.keys(generateSchema.shape).map((name) => [name, {}]));
  const schema = {
    type: 'object',
    properties: {
      ...properties,
      scheduler: { anyOf: [{ enum: ['ddim', 'euler', 'dpmpp-2m', 'model'] }, { type: 'null' }] },
    },
  };
  const body = { content: { 'application/json': { schema } } };
  return { openapi: '3.1.0', paths: { '/generate': { post: { requestBody: body } } } };
}
