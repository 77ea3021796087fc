import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { Backend, EngineNotice, GenerateEvent } from '../../engine/protocol.ts';
import {
  deviceReport,
  halfFiles,
  miniatureFiles,
  settings,
  testEngine,
  wasm,
} from '../../testing/engine-rig.ts';
import { maxDifference } from '../../testing/closeness.ts';
import { faultyRuntime, type Faults } from '../../testing/faulty-runtime.ts';
import { readModel } from '../../domain/onnx/file.ts';
import type { Graph, HostTensor } from '../runtime/runtime.ts';

/** An engine on a machine with a GPU that has these faults, and a WASM backend that may have some too. */
function engineWith(gpu: Faults, onWasm: Faults = {}) {
  const opened: Backend[] = [];
  const engine = testEngine({
    probe: () => Promise.resolve(deviceReport(true)),
    open: async (backend) => {
      opened.push(backend);
      return faultyRuntime(await wasm(), backend, backend === 'webgpu' ? gpu : onWasm);
    },
  });
  return { engine, opened };
}

const notices = (events: readonly GenerateEvent[]): readonly EngineNotice[] =>
  events.flatMap((event) => (event.phase === 'notice' ? [event.notice] : []));

const steps = (events: readonly GenerateEvent[]) =>
  events.flatMap((event) => (event.phase === 'denoise' ? [event.step] : []));

const failAt = (output: string, run: number, error: Error) => (name: string, at: number) => {
  if (name === output && at === run) throw error;
};

const spoiled =
  (value: number) =>
  (result: HostTensor): HostTensor => ({
    ...result,
    data: new Float32Array(result.data.length).fill(value),
  });

/** Null for other graphs. */
function unetBatch({ model }: Graph): number | null {
  const { inputs, outputs } = readModel(model).graph;
  return outputs[0]!.name === unet ? inputs[0]!.type!.tensor!.shape!.dims[0]!.size! : null;
}

const unet = 'out_sample';
const decoder = 'sample';
const lost = new AppError('device-lost', 'the GPU went away');
const refused = new AppError('session-failed', 'no such kernel');

describe('when WebGPU fails', () => {
  it('in the middle, the picture goes on with WASM from the last finished step', async () => {
    const plain = await testEngine().generate();
    const { engine } = engineWith({ beforeRun: failAt(unet, 3, lost) });
    const story = await engine.generate();
    expect(steps(story.events)).toEqual([1, 2, 3]);
    expect(story.backend).toBe('wasm');
    expect(story.images).toEqual(plain.images);
    expect(notices(story.events)).toEqual([
      { kind: 'backend-fallback', from: 'webgpu', to: 'wasm', code: 'device-lost' },
    ]);
  });

  it('with a stochastic sampler, no random number is drawn twice', async () => {
    const own = { settings: { ...settings, sampler: 'euler-ancestral', steps: 5 } } as const;
    const plain = await testEngine().generate(own);
    const { engine } = engineWith({ beforeRun: failAt(unet, 3, lost) });
    expect((await engine.generate(own)).images).toEqual(plain.images);
  });

  it('while decoding, the steps are not made again', async () => {
    const { engine } = engineWith({ beforeRun: failAt(decoder, 1, lost) });
    const story = await engine.generate();
    expect(steps(story.events)).toEqual([1, 2, 3]);
    expect(notices(story.events).map(({ kind }) => kind)).toEqual(['backend-fallback']);
  });

  it('to create a session, WASM does it', async () => {
    const refuse = () => {
      throw refused;
    };
    const { engine } = engineWith({ beforeCreate: refuse });
    const { loaded, events } = await engine.load();
    expect(loaded.backend).toBe('wasm');
    expect(notices(events)).toHaveLength(1);
  });

  it('to open at all, WASM does it and the next picture does not try again', async () => {
    const opened: Backend[] = [];
    const engine = testEngine({
      probe: () => Promise.resolve(deviceReport(true)),
      open: (backend) => {
        opened.push(backend);
        if (backend === 'wasm') return wasm();
        return Promise.reject(new AppError('backend-unavailable', 'no adapter'));
      },
    });
    const first = await engine.generate();
    const triedFirst = opened.length;
    const second = await engine.generate();
    await engine.unload();
    const third = await engine.generate();
    expect(first.backend).toBe('wasm');
    expect(notices([...second.events, ...third.events])).toEqual([]);
    expect(opened.slice(triedFirst)).toEqual([]);
  });

  it('because a graph is not what it should be, nothing else is tried', async () => {
    const unknown = new AppError('model-unsupported', 'an unknown input');
    const { engine, opened } = engineWith({ beforeRun: failAt(unet, 1, unknown) });
    await expect(engine.generate()).rejects.toMatchObject({ code: 'model-unsupported' });
    expect(opened).toEqual(['webgpu']);
  });
});

describe('a GPU', () => {
  it('is used where there is one, and WASM when the person says so', async () => {
    const { engine, opened } = engineWith({});
    expect((await engine.generate()).backend).toBe('webgpu');
    expect((await engine.generate({ backend: 'wasm' })).backend).toBe('wasm');
    expect(opened).toEqual(['webgpu', 'wasm']);
  });

  it('that is software is left alone unless the person asks for it', async () => {
    const report = deviceReport(true);
    const software = { ...report, webgpu: { ...report.webgpu, software: true } } as typeof report;
    const engine = testEngine({
      probe: () => Promise.resolve(software),
      open: async (backend) => faultyRuntime(await wasm(), backend, {}),
    });
    expect((await engine.generate()).backend).toBe('wasm');
    expect((await engine.generate({ backend: 'webgpu' })).backend).toBe('webgpu');
  });
});

describe('numbers that are none', () => {
  it('from the UNet on the GPU are made again on WASM, and told', async () => {
    const plain = await testEngine().generate();
    const spoil = spoiled(NaN);
    const { engine } = engineWith({
      afterRun: (output, run, result) => (output === unet && run === 2 ? spoil(result) : result),
    });
    const story = await engine.generate();
    expect(notices(story.events).map(({ kind }) => kind)).toEqual(['safer-mode']);
    expect(story.images).toEqual(plain.images);
    expect(story.backend).toBe('wasm');
  });

  it('or one colour from the decoder are decoded again', async () => {
    const plain = await testEngine().generate();
    const spoil = spoiled(0.25);
    const { engine } = engineWith({
      afterRun: (output, _run, result) => (output === decoder ? spoil(result) : result),
    });
    const story = await engine.generate();
    expect(story.images).toEqual(plain.images);
    expect(steps(story.events)).toEqual([1, 2, 3]);
  });

  it('on WASM are made again without graph optimisation', async () => {
    let careful = false;
    const spoil = spoiled(NaN);
    const { engine } = engineWith(
      {},
      {
        beforeCreate: (_count, isCareful) => (careful = isCareful),
        afterRun: (output, _run, result) => (output === unet && !careful ? spoil(result) : result),
      },
    );
    const story = await engine.generate({ backend: 'wasm' });
    expect(notices(story.events).map(({ kind }) => kind)).toEqual(['safer-mode']);
    expect(story.images).toHaveLength(1);
  });

  it('everywhere are an error, and not the end of the engine', async () => {
    let broken = true;
    const spoil = spoiled(NaN);
    const afterRun: Faults['afterRun'] = (output, _run, result) =>
      output === unet && broken ? spoil(result) : result;
    const { engine } = engineWith({ afterRun }, { afterRun });
    await expect(engine.generate()).rejects.toMatchObject({ code: 'bad-output' });
    broken = false;
    expect((await engine.generate()).images).toHaveLength(1);
  });
});

describe('when memory runs out', () => {
  it('sessions take turns, and the picture is the same', async () => {
    const plain = await testEngine().generate();
    const noMemory = new AppError('out-of-memory', 'std::bad_alloc');
    const runtime = await wasm();
    const before = runtime.liveSessions;
    const faulty = faultyRuntime(runtime, 'wasm', {
      beforeCreate: () => {
        if (runtime.liveSessions > before) throw noMemory;
      },
    });
    const engine = testEngine({ open: () => Promise.resolve(faulty) });
    const story = await engine.generate();
    expect(story.images).toEqual(plain.images);
    expect(runtime.liveSessions - before).toBe(1);
    expect(notices(story.events)).toEqual([]);
  });

  it('for guidance in one pass, it is done in two on the GPU, and the picture is the same', async () => {
    const plain = await testEngine().generate();
    const batches: number[] = [];
    const { engine, opened } = engineWith({
      beforeCreate: (_count, _careful, graph) => {
        const batch = unetBatch(graph);
        if (batch !== null) batches.push(batch);
        if (batch === 2) throw new AppError('out-of-memory', 'Out of memory');
      },
    });
    const story = await engine.generate();
    expect([opened, batches, notices(story.events)]).toEqual([['webgpu'], [2, 1], []]);
    expect(maxDifference(story.images[0]!.data, plain.images[0]!.data)).toBeLessThanOrEqual(1);
  });

  it('a session that fits only without graph optimisation is made so', async () => {
    const plain = await testEngine().generate();
    const noMemory = new AppError('out-of-memory', 'std::bad_alloc');
    const engine = testEngine({
      open: async () =>
        faultyRuntime(await wasm(), 'wasm', {
          beforeCreate: (_count, careful) => {
            if (!careful) throw noMemory;
          },
        }),
    });
    const [image] = (await engine.generate()).images;
    expect(maxDifference(image!.data, plain.images[0]!.data)).toBeLessThanOrEqual(1);
  });

  it('for a single session, that is what is told', async () => {
    const noMemory = () => {
      throw new AppError('out-of-memory', 'std::bad_alloc');
    };
    const engine = testEngine({
      open: async () => faultyRuntime(await wasm(), 'wasm', { beforeCreate: noMemory }),
    });
    await expect(engine.generate()).rejects.toMatchObject({ code: 'out-of-memory' });
  });
});

describe('half precision', () => {
  /** A model in float16 on a GPU that computes in it; what its graphs are made for is noted. */
  const halfEngine = (faults: (precision: () => string) => Faults, files = halfFiles()) => {
    const made: string[] = [];
    const opened: Backend[] = [];
    const precision = () => made.at(-1)!;
    const engine = testEngine({
      probe: () => Promise.resolve(deviceReport(true)),
      openFiles: () => Promise.resolve(files),
      open: async (backend) => {
        opened.push(backend);
        const own = backend === 'webgpu' ? faults(precision) : {};
        const beforeCreate: Faults['beforeCreate'] = (count, careful, graph) => {
          made.push(`${backend} ${graph.float16 ? 'float16' : 'float32'}`);
          own.beforeCreate?.(count, careful, graph);
        };
        return faultyRuntime(await wasm(), backend, { float16: backend === 'webgpu', ...own, beforeCreate });
      },
    });
    return { engine, made, opened };
  };
  const nan = spoiled(NaN);
  const bothNotices = (events: readonly GenerateEvent[]) => notices(events).map(({ kind }) => kind);

  it('that gives no numbers is drawn again in single precision on the GPU', async () => {
    const { engine, made, opened } = halfEngine((precision) => ({
      afterRun: (output, _run, result) =>
        output === unet && precision().endsWith('float16') ? nan(result) : result,
    }));
    const story = await engine.generate();
    expect([story.backend, bothNotices(story.events)]).toEqual(['webgpu', ['safer-mode']]);
    expect(new Set(made)).toEqual(new Set(['webgpu float16', 'webgpu float32']));
    expect(opened).toEqual(['webgpu']);
  });

  it('and single precision that give none are followed by WASM', async () => {
    const { engine, made } = halfEngine(() => ({
      afterRun: (output, _run, result) => (output === unet ? nan(result) : result),
    }));
    const story = await engine.generate();
    expect([story.backend, bothNotices(story.events)]).toEqual(['wasm', ['safer-mode', 'safer-mode']]);
    expect([...new Set(made)]).toEqual(['webgpu float16', 'webgpu float32', 'wasm float32']);
  });

  it('whose kernels do not compile gives way to single precision', async () => {
    const { engine, opened } = halfEngine(() => ({
      beforeCreate: (_count, _careful, graph) => {
        if (graph.float16) throw refused;
      },
    }));
    const story = await engine.generate();
    expect([story.backend, opened]).toEqual(['webgpu', ['webgpu']]);
    // Nothing came out yet, so that nothing came out empty.
    expect(bothNotices(story.events)).toEqual(['single-precision']);
  });

  it.each([
    ['text encoder', 'last_hidden_state'],
    ['VAE encoder', 'latent_parameters'],
  ])('that gives no numbers in the %s is left too', async (_part, spoiledOutput) => {
    const { engine, opened } = halfEngine((precision) => ({
      afterRun: (output, _run, result) =>
        output === spoiledOutput && precision().endsWith('float16') ? nan(result) : result,
    }));
    const image = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(120) };
    const story = await engine.generate({ source: { image, strength: 0.5 } });
    expect([story.backend, bothNotices(story.events)]).toEqual(['webgpu', ['safer-mode']]);
    expect([opened, story.images.length]).toEqual([['webgpu'], 1]);
  });

  it('is not what is left when a model has none of it', async () => {
    const { engine, made } = halfEngine(
      () => ({ afterRun: (output, _run, result) => (output === unet ? nan(result) : result) }),
      miniatureFiles(),
    );
    const story = await engine.generate();
    expect([story.backend, bothNotices(story.events)]).toEqual(['wasm', ['safer-mode']]);
    expect([...new Set(made)]).toEqual(['webgpu float32', 'wasm float32']);
  });
});
