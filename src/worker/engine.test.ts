import { describe, expect, it } from 'vitest';
import { AppError } from '../domain/errors.ts';
import type { GenerateEvent, GenerateParams } from '../engine/protocol.ts';
import { miniature, settings, testEngine, wasm } from '../testing/engine-rig.ts';

const with_ = (over: Partial<GenerateParams['settings']>) => ({ settings: { ...settings, ...over } });
const phases = (events: readonly GenerateEvent[]) => events.map(({ phase }) => phase);

/** For the stories that do not care what the engine has done before. */
const engine = testEngine();

describe('a picture', () => {
  it('tells of loading, encoding, every step, decoding and the picture, in this order', async () => {
    const { events, images } = await testEngine().generate();
    const order = phases(events).filter((phase, i, all) => phase !== all[i - 1]);
    expect(order.filter((phase) => phase !== 'download' && phase !== 'session')).toEqual([
      'encode',
      'denoise',
      'decode',
      'image',
    ]);
    expect(order.slice(0, 2)).toEqual(['session', 'download']);
    const steps = events.flatMap((event) => (event.phase === 'denoise' ? [event] : []));
    expect(steps.map(({ step, steps: all }) => [step, all])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(steps.map(({ preview }) => [preview.width, preview.height])).toEqual([
      [8, 8],
      [8, 8],
      [8, 8],
    ]);
    expect([images[0]!.width, images[0]!.height]).toEqual([64, 64]);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [first] = (await engine.generate()).images;
    const [again] = (await engine.generate()).images;
    const [other] = (await engine.generate(with_({ seed: 2 }))).images;
    expect(again).toEqual(first);
    expect(other!.data).not.toEqual(first!.data);
  });

  it('may be wide or high', async () => {
    const { images, events } = await engine.generate(with_({ width: 96, height: 64, steps: 1 }));
    expect([images[0]!.width, images[0]!.height]).toEqual([96, 64]);
    const preview = events.flatMap((event) => (event.phase === 'denoise' ? [event.preview] : []))[0]!;
    expect([preview.width, preview.height]).toEqual([12, 8]);
  });

  it('comes with seeds that count up, each told as soon as it is done', async () => {
    const { events } = await engine.generate({ count: 3, ...with_({ seed: 7, steps: 1 }) });
    const told = events.flatMap((event) => (event.phase === 'image' ? [event] : []));
    expect(
      told.map(({ imageIndex, imageCount, settings: own }) => [imageIndex, imageCount, own.seed]),
    ).toEqual([
      [0, 3, 7],
      [1, 3, 8],
      [2, 3, 9],
    ]);
    const [second] = (await engine.generate(with_({ seed: 8, steps: 1 }))).images;
    expect(told[1]!.image).toEqual(second);
    expect(phases(events).indexOf('image')).toBeLessThan(phases(events).lastIndexOf('denoise'));
  });

  it('tells steps as they were asked for, and calls as they are made, where a sampler asks twice', async () => {
    for (const sampler of ['heun', 'dpm2', 'dpmpp-2s-ancestral', 'dpmpp-sde'] as const) {
      const { events } = await engine.generate(with_({ sampler, steps: 3 }));
      const told = events.flatMap((event) => (event.phase === 'denoise' ? [event] : []));
      expect(told.map(({ step, steps, call, calls }) => [step, steps, call, calls])).toEqual([
        [1, 3, 1, 5],
        [1, 3, 2, 5],
        [2, 3, 3, 5],
        [2, 3, 4, 5],
        [3, 3, 5, 5],
      ]);
    }
  });

  it('varies towards another seed, with either noise; its seed stays while that of the variation counts up', async () => {
    for (const noise of ['torch-cpu', 'nvidia'] as const) {
      const draw = async (over: Partial<GenerateParams['settings']>, count = 1) =>
        engine.generate({ count, ...with_({ noise, steps: 1, seed: 5, ...over }) });
      const [own] = (await draw({})).images;
      const [other] = (await draw({ seed: 9 })).images;
      const half = await draw({ variation: { seed: 8, strength: 0.5 } }, 2);
      const [whole] = (await draw({ variation: { seed: 9, strength: 1 } })).images;
      expect(half.images[0]!.data).not.toEqual(own!.data);
      expect(half.images[1]!.data).not.toEqual(half.images[0]!.data);
      const told = half.events.flatMap((event) => (event.phase === 'image' ? [event.settings] : []));
      expect(told.map(({ seed, variation }) => [seed, variation?.seed])).toEqual([
        [5, 8],
        [5, 9],
      ]);
      expect(whole!.data).toEqual(other!.data);
    }
  });

  it('does not depend on the negative prompt when there is no guidance', async () => {
    const make = async (guidanceScale: number, negativePrompt: string) =>
      (await engine.generate(with_({ guidanceScale, negativePrompt }))).images[0]!.data;
    expect(await make(1, 'a dog')).toEqual(await make(1, ''));
    expect(await make(5, 'a dog')).not.toEqual(await make(5, ''));
    expect(await make(0, 'a dog')).toEqual(await make(1, ''));
  });

  it('follows the weights in its prompt', async () => {
    const make = async (prompt: string) => (await engine.generate(with_({ prompt }))).images[0]!.data;
    const plain = await make('a red cat');
    expect(await make('a (red:1.0) cat')).toEqual(plain);
    expect(await make('a (red:1.5) cat')).not.toEqual(plain);
  });

  it('reads a prompt beyond 77 tokens to its end', async () => {
    const make = async (end: string) =>
      (await engine.generate(with_({ prompt: `${'a '.repeat(80)}${end}`, guidanceScale: 30 }))).images[0]!
        .data;
    expect(await make('night')).not.toEqual(await make('noon'));
  });

  it('spends most of its time in the runtime', async () => {
    const { events } = await engine.generate();
    const { timings } = events.find((event) => event.phase === 'image')!;
    const all = timings.encodeMs + timings.denoiseMs + timings.decodeMs;
    expect(timings.runtimeMs).toBeGreaterThan(0);
    expect(timings.runtimeMs).toBeLessThanOrEqual(all);
  });
});

describe('image-to-image', () => {
  const image = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(200) };

  it('makes as many calls as its strength asks for', async () => {
    const calls = async (strength: number) => {
      const { events } = await engine.generate({ ...with_({ steps: 10 }), source: { image, strength } });
      return phases(events).filter((phase) => phase === 'denoise').length;
    };
    expect([await calls(0), await calls(0.3), await calls(1)]).toEqual([0, 3, 10]);
  });
});

describe('a morph', () => {
  const to = { prompt: 'a dog', negativePrompt: '', seed: 9 };

  it('is at its ends what its ends are, and something else between', async () => {
    const at = async (amount: number) =>
      (await engine.generate({ morph: { ...to, amount } })).images[0]!.data;
    const from = (await engine.generate()).images[0]!.data;
    const end = (await engine.generate(with_(to))).images[0]!.data;
    expect(await at(0)).toEqual(from);
    expect(await at(1)).toEqual(end);
    const middle = await at(0.5);
    expect(middle).not.toEqual(from);
    expect(middle).not.toEqual(end);
  });
});

describe('input that cannot be', () => {
  const small = { width: 32, height: 32, data: new Uint8ClampedArray(32 * 32 * 4) };
  const morph = { prompt: '', negativePrompt: '', seed: 1, amount: 2 };
  const cases: readonly [what: string, field: string, params: Partial<GenerateParams>][] = [
    ['a width that is no multiple', 'width', with_({ width: 65 })],
    ['no width', 'width', with_({ width: 0 })],
    ['a height that is no multiple', 'height', with_({ height: 48 })],
    ['a height that is no number', 'height', with_({ height: NaN })],
    ['no steps', 'steps', with_({ steps: 0 })],
    ['151 steps', 'steps', with_({ steps: 151 })],
    ['half a step', 'steps', with_({ steps: 2.5 })],
    ['endless guidance', 'guidanceScale', with_({ guidanceScale: Infinity })],
    ['guidance below 0', 'guidanceScale', with_({ guidanceScale: -1 })],
    ['a seed below 0', 'seed', with_({ seed: -1 })],
    ['a seed that is too large', 'seed', with_({ seed: 2 ** 53 })],
    ['a last seed that is too large', 'seed', { count: 2, ...with_({ seed: 2 ** 53 - 1 }) }],
    ['no pictures', 'count', { count: 0 }],
    ['a source of another size', 'source', { source: { image: small, strength: 0.5 } }],
    [
      'strength above 1',
      'strength',
      { source: { image: { ...small, width: 64, height: 64 }, strength: 1.5 } },
    ],
    ['a morph beyond its end', 'morph', { morph }],
  ];

  it.each(cases)('is refused beside its field: %s', async (_what, field, params) => {
    await expect(engine.generate(params)).rejects.toMatchObject({ code: 'bad-input', field });
  });

  it('does not spoil the next picture', async () => {
    await expect(engine.generate(with_({ steps: 0 }))).rejects.toBeInstanceOf(AppError);
    expect((await engine.generate()).images).toHaveLength(1);
  });
});

describe('cancelling', () => {
  it('stops within one step, and the next picture is as if nothing had been', async () => {
    const whole = await engine.generate(with_({ steps: 8 }));
    const controller = new AbortController();
    const seen: number[] = [];
    const cancelled = engine.generate(with_({ steps: 8 }), {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.phase !== 'denoise') return;
        seen.push(event.step);
        if (event.step === 3) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([1, 2, 3]);
    expect((await engine.generate(with_({ steps: 8 }))).images).toEqual(whole.images);
  });

  it('while loading leaves an engine that can load', async () => {
    const fresh = testEngine();
    const controller = new AbortController();
    const cancelled = fresh.generate(
      {},
      {
        signal: controller.signal,
        onEvent: (event) => event.phase === 'session' && controller.abort(),
      },
    );
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect((await fresh.generate()).images).toHaveLength(1);
  });
});

describe('two calls at once', () => {
  it('are done one after the other', async () => {
    const order: string[] = [];
    const note = (name: string) => ({
      onEvent: ({ phase }: GenerateEvent) => order.push(`${name} ${phase}`),
    });
    await Promise.all([engine.generate({}, note('a')), engine.generate({}, note('b'))]);
    expect(order.findIndex((entry) => entry.startsWith('b'))).toBe(order.indexOf('a image') + 1);
  });
});

describe('a model', () => {
  it('tells what its files say', async () => {
    const { loaded } = await testEngine().load();
    expect(loaded).toEqual({
      id: 'miniature',
      revision: '1',
      backend: 'wasm',
      nativeWidth: 128,
      nativeHeight: 128,
      sizeMultiple: 32,
      latentChannels: 4,
      predictionType: 'epsilon',
      schedulerClass: 'DPMSolverMultistepScheduler',
      canEncode: true,
    });
  });

  it('tells of every byte and session once, never running backwards', async () => {
    const { events } = await testEngine().load();
    const bytes = events.flatMap((event) => (event.phase === 'download' ? [event] : []));
    expect(bytes.at(-1)!.loadedBytes).toBe(bytes.at(-1)!.totalBytes);
    expect(bytes.every(({ loadedBytes }, i) => i === 0 || loadedBytes > bytes[i - 1]!.loadedBytes)).toBe(
      true,
    );
    const sessions = events.flatMap((event) => (event.phase === 'session' ? [event] : []));
    expect(sessions.map(({ component, done, total }) => [component, done, total])).toEqual([
      ['text_encoder', 0, 3],
      ['text_encoder', 1, 3],
      ['unet', 1, 3],
      ['unet', 2, 3],
      ['vae_decoder', 2, 3],
      ['vae_decoder', 3, 3],
    ]);
  });

  it('that is loaded is not loaded again', async () => {
    const engine = testEngine();
    await engine.load();
    await engine.generate();
    const { events } = await engine.generate();
    expect(phases(events)).not.toContain('session');
  });

  it('is made ready for the size that is expected, and nothing is made twice', async () => {
    const engine = testEngine();
    const size = { width: 64, height: 96 };
    await engine.load({ ready: { ...size, guidanceScale: 5 } });
    const { events } = await engine.generate({ settings: { ...settings, ...size, steps: 1 } });
    expect(phases(events)).not.toContain('session');
  });

  it('that is only opened makes no session: the picture does', async () => {
    const runtime = await wasm();
    const before = runtime.liveSessions;
    const { handlers } = testEngine({ open: () => Promise.resolve(runtime) });
    const signal = new AbortController().signal;
    await handlers.load({ model: miniature, backend: 'auto' }, { signal, emit: () => undefined });
    expect(runtime.liveSessions - before).toBe(0);
  });

  it('says when it is made anew for other settings, and not for those it had just before', async () => {
    const engine = testEngine();
    const draw = async (change: Partial<GenerateParams['settings']>) => {
      const { events } = await engine.generate({ settings: { ...settings, steps: 1, ...change } });
      return events.flatMap((event) =>
        event.phase === 'session' ? [[event.component, event.done, event.again ?? false]] : [],
      );
    };
    expect((await draw({})).every(([, , again]) => again === false)).toBe(true);
    expect(await draw({ height: 96 })).toEqual([
      ['unet', 1, true],
      ['unet', 2, true],
      ['vae_decoder', 2, true],
      ['vae_decoder', 3, true],
    ]);
    expect(await draw({})).toEqual([]);
    expect(await draw({ guidanceScale: 1 })).toEqual([
      ['unet', 2, true],
      ['unet', 3, true],
    ]);
  });

  it('makes room for the next one', async () => {
    const runtime = await wasm();
    const before = runtime.liveSessions;
    const engine = testEngine({ open: () => Promise.resolve(runtime) });
    await engine.load();
    expect(runtime.liveSessions - before).toBe(3);
    await engine.load({ model: { id: 'other', revision: '1', source: { kind: 'stored' } } });
    expect(runtime.liveSessions - before).toBe(3);
    await engine.unload();
    expect(runtime.liveSessions - before).toBe(0);
  });

  it('counts the tokens of a prompt without its weights', async () => {
    const engine = testEngine();
    const plain = await engine.countTokens('a red cat');
    expect(await engine.countTokens('a (red:1.3) cat')).toEqual(plain);
    expect(plain.chunkTokens).toBe(75);
    expect((await engine.countTokens('')).tokens).toBe(0);
  });

  it('whose tokenizer could not be fetched is asked for it again', async () => {
    let fails = true;
    const engine = testEngine({
      loadTokenizer: async (files) => {
        if (fails) throw new AppError('offline', 'no net');
        return (await import('./model/tokenizer.ts')).loadTokenizer(files);
      },
    });
    await expect(engine.countTokens('a')).rejects.toMatchObject({ code: 'offline' });
    fails = false;
    expect((await engine.countTokens('a')).tokens).toBeGreaterThan(0);
  });
});
