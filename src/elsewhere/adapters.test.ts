/** Every kind of machine, with every fault: each ends in a picture or in a clear word, and a cancel always reaches the machine. */
import { afterEach, describe, expect, test } from 'vitest';
import type { MachineKind } from '../domain/machine.ts';
import type { MachineDraw } from '../engine/machine-protocol.ts';
import { a1111Server } from '../testing/machines/a1111-server.ts';
import type { Behaviour } from '../testing/machines/behaviour.ts';
import { fastApiServer, zoetropeServer } from '../testing/machines/contract-server.ts';
import { hordeServer } from '../testing/machines/horde-server.ts';
import type { MachineServer } from '../testing/machines/machine-server.ts';
import { sdServer } from '../testing/machines/sd-server.ts';
import { testTools, type TestTools } from '../testing/machines/tools.ts';
import { adapterFor } from './adapters.ts';

const draw = (model: string): MachineDraw => ({
  model,
  settings: {
    prompt: 'a fox',
    negativePrompt: 'rain',
    steps: 20,
    guidanceScale: 7,
    seed: 4_294_967_296,
    width: 128,
    height: 64,
    sampler: 'euler',
  },
});

interface Kind {
  readonly kind: MachineKind;
  readonly start: (behaviour: Behaviour) => Promise<MachineServer>;
  readonly key?: string;
  readonly model: string;
  /** What asks for the picture. */
  readonly asks: string;
  /** What says how far it is; null: nothing does. */
  readonly looks: string | null;
  readonly stop: readonly [method: string, path: string] | null;
  /** It tells no seed. */
  readonly keepsSeedSecret?: true;
  readonly size?: { readonly width: number; readonly height: number };
}

const kinds: readonly Kind[] = [
  {
    kind: 'a1111',
    start: (behaviour) => a1111Server(behaviour),
    model: 'v1-5-pruned-emaonly.safetensors [6ce0161689]',
    asks: '/sdapi/v1/txt2img',
    looks: '/internal/progress',
    stop: ['POST', '/sdapi/v1/interrupt'],
  },
  {
    kind: 'sd-server',
    start: (behaviour) => sdServer(behaviour),
    model: 'sd-v1-5',
    asks: '/sdcpp/v1/img_gen',
    looks: '/sdcpp/v1/jobs/',
    stop: ['POST', '/sdcpp/v1/jobs/job_6a2b_00000000/cancel'],
  },
  {
    kind: 'horde',
    start: (behaviour) => hordeServer(behaviour),
    model: 'stable_diffusion',
    asks: '/v2/generate/async',
    looks: '/v2/generate/check/',
    stop: ['DELETE', '/v2/generate/status/'],
  },
  {
    kind: 'fastapi',
    start: (behaviour) => fastApiServer(behaviour),
    model: 'segmind/tiny-sd',
    asks: '/generate',
    looks: null,
    stop: null,
    keepsSeedSecret: true,
    size: { width: 512, height: 512 },
  },
  {
    kind: 'zoetrope',
    start: (behaviour) => zoetropeServer(behaviour),
    key: 'paired',
    model: 'built-in',
    asks: '/generate',
    looks: '/jobs/',
    stop: ['DELETE', '/jobs/'],
  },
];

const open: MachineServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function machine({ kind, start, key }: Kind, behaviour: Behaviour = {}, hurry = 1) {
  const server = await start(behaviour);
  open.push(server);
  const tools = testTools({ kind, address: server.address, ...(key !== undefined && { key }) }, { hurry });
  const adapter = await adapterFor(kind);
  return { server, tools, adapter };
}

const phases = ({ events }: TestTools) => new Set(events.map(({ phase }) => phase));

describe.each(kinds)('$kind', (kind) => {
  const { asks, model } = kind;

  test('tells what it can do, and draws a picture with what was really used', async () => {
    const { adapter, tools } = await machine(kind);
    const { models, samplers, can } = await adapter.capabilities(tools);
    expect(models[0]?.id).toBe(model);
    expect(samplers).toContain('model');
    expect(new Set(can).size).toBe(can.length);
    const made = await adapter.draw(draw(model), tools);
    const { width, height } = kind.size ?? draw(model).settings;
    expect(made.settings).toMatchObject({ seed: 4_294_967_296, steps: 20, width, height });
    expect(made.model.id).toBe(model);
    expect(made.differs).toEqual([
      ...(kind.keepsSeedSecret ? (['seed-unknown'] as const) : []),
      ...(kind.size ? (['size'] as const) : []),
    ]);
    expect(made.file.type).toBe('image/png');
    expect([...phases(tools)]).toEqual(expect.arrayContaining(['sending', 'drawing']));
  });

  test('401: it does not let us in, and what it says is kept aside', async () => {
    const { adapter, tools } = await machine(kind, { key: 'another' });
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({
      code: 'machine-refused',
      elsewhere: { kind: kind.kind, said: expect.stringMatching(/\w/) as string },
    });
  });

  test('429 with Retry-After is waited for, and told', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(asks, { kind: 'status', status: 429, retryAfter: '7' }, 2);
    await adapter.draw(draw(model), tools);
    expect(tools.events).toContainEqual({ phase: 'queued', place: null, leftMs: 7000 });
    expect(tools.now()).toBeGreaterThanOrEqual(14_000);
  });

  test('429 for an hour is a clear word, with the time', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(asks, { kind: 'status', status: 429, retryAfter: '3600' });
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({
      code: 'machine-busy',
      elsewhere: { retryAfterSec: 3600 },
    });
  });

  test('a cut connection is told as no whole answer', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(asks, { kind: 'cut' }, 5);
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({
      code: 'machine-unreachable',
      elsewhere: { why: 'gone' },
    });
  });

  test('a machine that is off is told as unreachable', async () => {
    const { adapter, tools, server } = await machine(kind);
    await server.close();
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({ code: 'machine-unreachable' });
  });

  test('500: it could not make it, in its own words', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(asks, { kind: 'status', status: 500, body: { detail: 'CUDA out of memory' } });
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({
      code: 'machine-failed',
      elsewhere: { said: 'CUDA out of memory' },
    });
  });

  test('another program at that address is told', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault('/', { kind: 'nonsense' }, 9);
    await expect(adapter.capabilities(tools)).rejects.toMatchObject({ code: 'machine-answer' });
  });

  test('a broken PNG is no picture', async () => {
    const { adapter, tools } = await machine(kind, { broken: true });
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({ code: 'machine-answer' });
  });

  test('a picture of another size is told as what it is', async () => {
    const { adapter, tools } = await machine(kind, { size: { width: 320, height: 192 } });
    const made = await adapter.draw(draw(model), tools);
    expect(made.settings).toMatchObject({ width: 320, height: 192 });
    expect(made.differs).toContain('size');
  });

  test('a hang ends when its time is over', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(asks === '/sdapi/v1/txt2img' ? '/sdapi/v1/options' : asks, { kind: 'hang' });
    const drawing = adapter.draw(draw(model), tools);
    await server.request(
      asks === '/sdapi/v1/txt2img' ? 'GET' : 'POST',
      asks === '/sdapi/v1/txt2img' ? '/sdapi/v1/options' : asks,
    );
    tools.expire();
    await expect(drawing).rejects.toMatchObject({ code: 'timed-out' });
  });
});

/** Those that tell how far they are, and what they drew with. */
const talkative = kinds.flatMap(({ looks, stop, ...others }) =>
  looks !== null && stop !== null ? [{ ...others, looks, stop }] : [],
);

describe.each(talkative)('$kind, on the way', (kind) => {
  const { asks, looks, stop, model } = kind;

  test('a wrong seed ends in a picture that tells the right one', async () => {
    const { adapter, tools } = await machine(kind, { seed: 5 });
    const made = await adapter.draw(draw(model), tools);
    expect(made.settings.seed).toBe(5);
    expect(made.differs).toEqual(['seed']);
  });

  test('a queue of many minutes is told as it moves, and ends in a picture', async () => {
    const { adapter, tools } = await machine(kind, { queued: 40 });
    await adapter.draw(draw(model), tools);
    const places = tools.events.filter((event) => event.phase === 'queued');
    expect(places.length).toBeGreaterThanOrEqual(40);
    expect(tools.now()).toBeGreaterThanOrEqual(40_000);
  });

  test('a look that fails once is looked again', async () => {
    const { adapter, tools, server } = await machine(kind);
    server.fault(looks, { kind: 'cut' }, 2);
    const made = await adapter.draw(draw(model), tools);
    expect(made.settings.seed).toBe(4_294_967_296);
  });

  test('one that never gets any further has timed out, and is stopped', async () => {
    const { adapter, tools, server } = await machine(kind, { stuck: true }, 100);
    await expect(adapter.draw(draw(model), tools)).rejects.toMatchObject({ code: 'timed-out' });
    await server.request(...stop);
  });

  test('a cancel in the middle reaches the machine before the call ends', async () => {
    const { adapter, tools, server } = await machine(kind, { stuck: true });
    const drawing = adapter.draw(draw(model), tools);
    await server.request(looks === '/internal/progress' ? 'POST' : 'GET', looks);
    tools.cancel();
    await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.seen.some(({ method, path }) => method === stop[0] && path.startsWith(stop[1]))).toBe(true);
  });

  test('a cancel while it is being asked reaches the machine too', async () => {
    const { adapter, tools, server } = await machine(kind, { stuck: true });
    const drawing = adapter.draw(draw(model), tools);
    await server.request('POST', asks);
    tools.cancel();
    await expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.seen.some(({ method, path }) => method === stop[0] && path.startsWith(stop[1]))).toBe(true);
  });
});
