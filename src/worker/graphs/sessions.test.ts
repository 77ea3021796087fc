import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import { graph, model, valueInfo } from '../../domain/onnx/build.ts';
import { readModel, writeModel } from '../../domain/onnx/file.ts';
import type { Backend } from '../../engine/protocol.ts';
import { stubSession } from '../../testing/stub-session.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import { fileGraphs } from './graph-source.ts';
import { createSessions } from './sessions.ts';
import type { ModelFiles } from '../weights/model-files.ts';

const tinySdBytes = { text_encoder: 246_000_000, unet: 647_000_000, vae_decoder: 99_000_000 };
const smallBytes = { text_encoder: 100, unet: 200, vae_decoder: 300 };
type Sizes = Readonly<Record<'text_encoder' | 'unet' | 'vae_decoder', number>>;

const job = { signal: new AbortController().signal, tell: () => undefined };
const need = (component: ModelComponent) => ({
  component,
  shape: { batch: 1, height: 8, width: 8, tokens: 77 },
});
const anySize = [valueInfo('sample', 'float', ['batch', 4, 'height', 'width'])];
const emptyGraph = writeModel(model(graph({ nodes: [], inputs: anySize, outputs: [] })));
const everyPart: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];

/** Sessions over a runtime that notes what is alive; files say that they are as large as told, and bring an empty graph. */
function sessionsOf(
  sizes: Sizes,
  backend: Backend,
  refuse: (careful: boolean, batch: number) => boolean = () => false,
) {
  let alive = 0;
  const story = {
    mostAlive: 0,
    careful: [] as boolean[],
    batches: [] as number[],
    letGo: 0,
    alive: () => alive,
  };
  const runtime: Runtime = {
    backend,
    float16: false,
    largestTensorBytes: 2 ** 30,
    createSession: (made, { careful = false } = {}) => {
      story.careful.push(careful);
      story.batches.push(batchOf(made));
      if (refuse(careful, batchOf(made)))
        return Promise.reject(new AppError('out-of-memory', 'std::bad_alloc'));
      alive += 1;
      story.mostAlive = Math.max(story.mostAlive, alive);
      const release = () => Promise.resolve(void (alive -= 1));
      const session = stubSession([], () => ({ type: 'float32', dims: [1], data: new Float32Array(1) }));
      return Promise.resolve({ ...session, release });
    },
    spentMs: 0,
    get liveSessions() {
      return alive;
    },
    close: () => undefined,
  };
  const files: ModelFiles = {
    list: () => [],
    readBytes: () => Promise.resolve(emptyGraph),
    readText: () => Promise.resolve(''),
    letGo: () => void (story.letGo += 1),
  };
  const components = Object.fromEntries(
    Object.entries(sizes).map(([name, sizeBytes]) => [
      name,
      { graph: { path: `${name}/model.onnx`, sizeBytes }, externalData: [] },
    ]),
  );
  return { sessions: createSessions({ runtime, source: fileGraphs(files, components) }), story };
}

const batchOf = ({ model: bytes }: Graph): number =>
  readModel(bytes).graph.inputs[0]!.type!.tensor!.shape!.dims[0]!.size!;

async function useAll(sessions: ReturnType<typeof sessionsOf>['sessions']): Promise<void> {
  for (const part of everyPart) await sessions.use(need(part), job, () => Promise.resolve());
}

describe('the sessions of a model', () => {
  it('of Tiny SD’s size take turns on WASM from the start, whose heap does not hold them together', async () => {
    const { sessions, story } = sessionsOf(tinySdBytes, 'wasm');
    await sessions.warmUp(everyPart.map(need), job);
    await useAll(sessions);
    expect(story.mostAlive).toBe(1);
  });

  it('of that size stay together on the GPU', async () => {
    const { sessions, story } = sessionsOf(tinySdBytes, 'webgpu');
    await sessions.warmUp(everyPart.map(need), job);
    await useAll(sessions);
    expect([story.mostAlive, story.careful.length]).toEqual([3, 3]);
  });

  it('of a small one stay together on WASM', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'wasm');
    await useAll(sessions);
    await useAll(sessions);
    expect([story.mostAlive, story.careful.length]).toEqual([3, 3]);
  });

  it('that do not fit are made with care, each after the others are gone', async () => {
    const { sessions, story } = sessionsOf(tinySdBytes, 'wasm', (careful) => !careful);
    await useAll(sessions);
    expect(story.careful).toEqual([false, true, false, true, false, true]);
    expect(story.mostAlive).toBe(1);
  });

  it('let go of their files’ bytes as soon as they are made, and not before they could be tried again', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'wasm');
    await useAll(sessions);
    expect(story.letGo).toBe(3);

    const failing = sessionsOf(smallBytes, 'wasm', () => true);
    await expect(useAll(failing.sessions)).rejects.toMatchObject({ code: 'out-of-memory' });
    expect(failing.story.letGo).toBe(0);
  });

  it('of a small one are kept for the last two shapes, and no more', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'wasm');
    const draw = (height: number) =>
      sessions.use({ ...need('unet'), shape: { ...need('unet').shape, height } }, job, () =>
        Promise.resolve(),
      );
    for (const height of [8, 16, 8, 16, 8]) await draw(height);
    expect([story.careful.length, story.mostAlive]).toEqual([2, 2]);
    for (const height of [24, 32, 40]) await draw(height);
    expect([story.careful.length, story.mostAlive]).toEqual([5, 2]);
    await sessions.release();
    expect(story.alive()).toBe(0);
  });

  it('of a large one are let go before the next shape is made', async () => {
    const { sessions, story } = sessionsOf(tinySdBytes, 'webgpu');
    for (const height of [64, 96, 64])
      await sessions.use({ ...need('unet'), shape: { ...need('unet').shape, height } }, job, () =>
        Promise.resolve(),
      );
    expect([story.careful.length, story.mostAlive]).toEqual([3, 1]);
  });
});

describe('a batch that memory has no room for', () => {
  const guided = (height: number) => ({
    component: 'unet' as const,
    shape: { batch: 2, height, width: 8, tokens: 77 },
  });
  const noMemory = () => Promise.reject(new AppError('out-of-memory', 'std::bad_alloc'));

  it('when its session is made becomes one pass after the other, on the same backend and without special care', async () => {
    const { sessions, story } = sessionsOf(tinySdBytes, 'webgpu', (_careful, batch) => batch > 1);
    await sessions.warmUp([need('text_encoder')], job);
    for (let step = 0; step < 3; step++) await sessions.use(guided(8), job, () => Promise.resolve());
    expect(story.batches).toEqual([1, 2, 1]);
    expect([story.alive(), story.careful.includes(true)]).toEqual([2, false]);
  });

  it('when it runs is let go, and the work is done again', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'webgpu');
    let runs = 0;
    const work = () => (++runs === 1 ? noMemory() : Promise.resolve('done'));
    expect(await sessions.use(guided(8), job, work)).toBe('done');
    expect([story.batches, story.alive()]).toEqual([[2, 1], 1]);
  });

  it('is not tried again at that size or a larger one, but at a smaller', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'webgpu', (_careful, batch) => batch > 1);
    for (const height of [16, 24, 8]) await sessions.use(guided(height), job, () => Promise.resolve());
    expect(story.batches).toEqual([2, 1, 1, 2, 1]);
  });

  it('nor for one sample alone is told', async () => {
    const { sessions, story } = sessionsOf(smallBytes, 'webgpu');
    await expect(sessions.use(guided(8), job, noMemory)).rejects.toMatchObject({ code: 'out-of-memory' });
    expect(story.batches).toEqual([2, 1]);
  });
});
