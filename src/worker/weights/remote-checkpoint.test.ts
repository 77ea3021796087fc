/** Checkpoints of one file on a server: from a hub, and from any address. The hub of the tests gives parts as the real one does. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeNavigator, fakeTabs, fastClock, newRecords } from '../../testing/fake-browser.ts';
import { goldenPath } from '../../testing/golden.ts';
import { startHub, type HubServer } from '../../testing/hub/server.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { downloadModel } from './download.ts';
import { inspectFolder } from './folder.ts';
import { inspectRepository } from './inspect.ts';
import { inspectAddress } from './remote-checkpoint.ts';
import { storedModelFiles } from './stored-files.ts';

let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.close());
beforeEach(() => fakeNavigator());
afterEach(() => vi.unstubAllGlobals());

const golden = (name: string) => readFileSync(goldenPath(`checkpoints/single-file/${name}`));
const deps = () => ({ fetch, clock: fastClock(), signal: new AbortController().signal });
const inspect = (repository: string, folder = '') =>
  inspectRepository({ repository, folder, revision: 'main', hubUrl: hub.hubUrl }, deps());

/** A whole checkpoint's table before megabytes of nothing. */
function large(names: readonly string[], shape: readonly number[]): Buffer {
  const blank = floats(shape, new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(0));
  const filler = floats([1_000_000], new Array<number>(1_000_000).fill(0));
  return Buffer.from(safetensors({ ...Object.fromEntries(names.map((name) => [name, blank])), filler }));
}

/** Bytes asked for since. */
function fetchedBytes(work: () => Promise<unknown>): Promise<number> {
  const before = hub.requests.length;
  return work().then(() =>
    hub.requests
      .slice(before)
      .filter(({ at }) => at === 'bytes')
      .reduce((sum, { range }) => {
        const [, start, end] = /bytes=(\d+)-(\d+)/.exec(range ?? '') ?? [];
        return sum + (end === undefined ? Number.POSITIVE_INFINITY : Number(end) - Number(start) + 1);
      }, 0),
  );
}

describe('a repository of single files', () => {
  it('has a model for each that is one, told by a part of it, and keeps it', async () => {
    const files = new Map([
      ['meadow.safetensors', golden('sd1.safetensors')],
      ['meadow.ckpt', golden('sd1.ckpt')],
      ['style.safetensors', readFileSync(goldenPath('checkpoints/lora/kohya-locon.safetensors'))],
      ['README.md', Buffer.from('a model')],
    ]);
    const commit = hub.publish('someone/meadow', { files, licence: 'mit' });
    const plans = await inspect('someone/meadow');
    expect(plans.map(({ id }) => id)).toEqual(['someone/meadow:meadow.safetensors']);
    const [plan] = plans;
    expect(plan).toMatchObject({ revision: commit, form: 'weights', card: { licence: 'mit' } });

    vi.stubGlobal('self', { location: { origin: 'http://app.test' } });
    const merges = readFileSync('public/models/clip/merges.txt');
    const asApp: typeof fetch = (input, init) =>
      (input as string).startsWith('http://app.test/')
        ? Promise.resolve(new Response(merges))
        : fetch(input, init);
    const records = newRecords();
    const manifest = await downloadModel(
      plan!,
      { records, tabs: fakeTabs()(), clock: fastClock(), fetch: asApp },
      { parallel: 2, signal: new AbortController().signal, onEvent: () => undefined },
    );
    const stored = storedModelFiles(records, manifest);
    expect(Buffer.from(await stored.readBytes('meadow.safetensors')).equals(golden('sd1.safetensors'))).toBe(
      true,
    );
  });

  it('is asked what a file predicts where nothing tells, and found again by either name', async () => {
    hub.publish('someone/sd2', { files: new Map([['forest.safetensors', golden('sd2.safetensors')]]) });
    const ids = (await inspect('someone/sd2')).map(({ id }) => id);
    expect(ids).toEqual([
      'someone/sd2:forest.safetensors (velocity)',
      'someone/sd2:forest.safetensors (noise)',
    ]);
    expect(await inspect('someone/sd2', 'forest.safetensors (noise)')).toHaveLength(2);
  });

  it.each([
    [
      'conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight',
      /Stable Diffusion XL/,
    ],
    ['model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight', /Stable Diffusion 3/],
    ['double_blocks.0.img_attn.qkv.weight', /Flux/],
  ])('of another family is told by its table: %s', async (name, family) => {
    const repository = `someone/other-${family.source.length}`;
    hub.publish(repository, { files: new Map([['model.safetensors', large([name], [2, 2])]]) });
    const bytes = await fetchedBytes(() => expect(inspect(repository)).rejects.toThrow(family));
    expect(bytes).toBeLessThan(600_000);
  });
});

describe('a file at an address', () => {
  const address = (repository: string, path: string) => `${hub.hubUrl}/${repository}/resolve/main/${path}`;

  it('is a model under its own name', async () => {
    hub.publish('any/where', { files: new Map([['old meadow.ckpt', golden('sd1.ckpt')]]) });
    const [plan] = await inspectAddress(address('any/where', 'old%20meadow.ckpt'), hub.hubUrl, deps());
    expect(plan).toMatchObject({ id: 'local:old meadow', form: 'weights', origin: { kind: 'address' } });
    expect(plan!.files[0]!.source).toMatchObject({ url: address('any/where', 'old%20meadow.ckpt') });
    expect(plan!.revision).toMatch(/^[0-9a-f]{12}$/);
  });

  it('that is a LoRA, or is not there, is told', async () => {
    const lora = readFileSync(goldenPath('checkpoints/lora/kohya-locon.safetensors'));
    hub.publish('any/lora', { files: new Map([['x.safetensors', lora]]) });
    await expect(inspectAddress(address('any/lora', 'x.safetensors'), hub.hubUrl, deps())).rejects.toThrow(
      /is a LoRA/,
    );
    await expect(
      inspectAddress(address('any/lora', 'y.safetensors'), hub.hubUrl, deps()),
    ).rejects.toMatchObject({ code: 'hub-not-found' });
  });

  it('of a server that gives no parts is not fetched as a whole', async () => {
    const whole: typeof fetch = () => Promise.resolve(new Response(new Uint8Array(10)));
    const asked = inspectAddress('https://example.test/a.safetensors', hub.hubUrl, {
      ...deps(),
      fetch: whole,
    });
    await expect(asked).rejects.toThrow(/example.test gives no parts of a file/);
    const page: typeof fetch = () =>
      Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    const page2 = inspectAddress('https://example.test/a.safetensors', hub.hubUrl, {
      ...deps(),
      fetch: page,
    });
    await expect(page2).rejects.toThrow(/is a page, not the file itself/);
  });
});

describe('a checkpoint without a VAE', () => {
  const pruned = () => {
    const bytes = golden('sd1.safetensors');
    const length = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: [number, number] }
    >;
    const kept = Object.entries(header).flatMap(([name, { dtype, shape, data_offsets: offsets }]) => {
      if (name === '__metadata__' || name.startsWith('first_stage_model.')) return [];
      const [begin, end] = offsets;
      return [[name, { dtype, shape, bytes: bytes.subarray(8 + length + begin, 8 + length + end) }] as const];
    });
    return safetensors(Object.fromEntries(kept));
  };
  const picked = () => [
    { path: 'pruned.safetensors', file: new File([Uint8Array.from(pruned())], 'pruned.safetensors') },
  ];

  it('gets its family’s from the hub', async () => {
    const vae = readFileSync(goldenPath('mini-checkpoint/vae/diffusion_pytorch_model.safetensors'));
    hub.publish('stabilityai/sd-vae-ft-mse', {
      files: new Map([['diffusion_pytorch_model.safetensors', vae]]),
    });
    const [plan] = await inspectFolder('', picked(), { hubUrl: hub.hubUrl, deps: deps() });
    const file = plan!.files.find(({ path }) => path.startsWith('vae/'))!;
    expect(file.path).toBe('vae/diffusion_pytorch_model.safetensors');
    expect(file.source.url).toContain('/stabilityai/sd-vae-ft-mse/resolve/');
    hub.remove('stabilityai/sd-vae-ft-mse');
  });

  it('is told where that cannot be had', async () => {
    const asked = inspectFolder('', picked(), { hubUrl: hub.hubUrl, deps: deps() });
    await expect(asked).rejects.toMatchObject({ code: 'model-incomplete' });
    await expect(inspectFolder('', picked())).rejects.toThrow(/has no VAE/);
  });
});
