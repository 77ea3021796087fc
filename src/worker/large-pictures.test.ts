import { describe, expect, it } from 'vitest';
import { AppError } from '../domain/errors.ts';
import { maxDifference } from '../testing/closeness.ts';
import { deviceReport, settings, testEngine, wasm, type Story } from '../testing/engine-rig.ts';
import { readModel } from '../domain/onnx/file.ts';
import type { Backend } from '../engine/protocol.ts';
import { faultyRuntime, type Faults } from '../testing/faulty-runtime.ts';

/** An engine whose runtime has these faults. */
const engineWith = (faults: Faults) =>
  testEngine({ open: async () => faultyRuntime(await wasm(), 'wasm', faults) });

const size = { settings: { ...settings, width: 64, height: 96, steps: 1 } };
const image = {
  width: 64,
  height: 96,
  data: new Uint8ClampedArray(64 * 96 * 4).map((_, i) => (i * 7) % 256),
};

const tilesOf = ({ events }: Story) =>
  events.flatMap((event) => (event.phase === 'decode' && event.tiles ? [event.tiles] : []));

function expectSame(actual: Story, expected: Story): void {
  expect(maxDifference(actual.images[0]!.data, expected.images[0]!.data)).toBeLessThanOrEqual(1);
}

describe('a picture that is too large for the device', () => {
  it('is decoded in tiles, tells of each, and is the same', async () => {
    const plain = await testEngine().generate(size);
    expect(tilesOf(plain)).toEqual([]);
    const tiled = await engineWith({ largestTensorBytes: 150_000 }).generate(size);
    expectSame(tiled, plain);
    const tiles = tilesOf(tiled);
    expect(tiles.length).toBeGreaterThan(10);
    expect(tiles.map(({ done }) => done)).toEqual(tiles.map((_, i) => i + 1));
    expect(tiles.at(-1)!.done).toBe(tiles.at(-1)!.total);
  });

  it('is read in tiles too, when a picture begins from it', async () => {
    const source = { image, strength: 0.5 };
    const plain = await testEngine().generate({ ...size, source });
    expectSame(await engineWith({ largestTensorBytes: 150_000 }).generate({ ...size, source }), plain);
  });

  it('is decoded in tiles also when memory ran out all the same', async () => {
    const plain = await testEngine().generate(size);
    let refused = 0;
    const faults: Faults = {
      beforeRun: (output, run) => {
        if (output !== 'sample' || run > 1) return;
        refused += 1;
        throw new AppError('out-of-memory', 'std::bad_alloc');
      },
    };
    const tiled = await engineWith(faults).generate(size);
    expect(refused).toBe(1);
    expect(tilesOf(tiled).length).toBeGreaterThan(1);
    expectSame(tiled, plain);
  });

  it('is decoded in tiles on the GPU when not even the decoder’s session fits there', async () => {
    const plain = await testEngine().generate(size);
    const opened: Backend[] = [];
    let refused = 0;
    const beforeCreate: Faults['beforeCreate'] = (_count, _careful, graph) => {
      const { inputs, outputs } = readModel(graph.model).graph;
      const isWhole = inputs[0]!.name === 'latent_sample' && outputs[0]!.name === 'sample';
      if (!isWhole) return;
      refused += 1;
      throw new AppError('out-of-memory', 'Out of memory');
    };
    const engine = testEngine({
      probe: () => Promise.resolve(deviceReport(true)),
      open: async (backend) => {
        opened.push(backend);
        return faultyRuntime(await wasm(), backend, { beforeCreate });
      },
    });
    const tiled = await engine.generate(size);
    expect([tiled.backend, opened]).toEqual(['webgpu', ['webgpu']]);
    expect(tilesOf(tiled).length).toBeGreaterThan(1);
    expectSame(tiled, plain);

    const before = refused;
    const { events } = await engine.generate(size);
    // It is not tried again.
    const made = events.flatMap((event) => (event.phase === 'session' ? [event.component] : []));
    expect([refused - before, made.includes('vae_decoder')]).toEqual([0, false]);
  });

  it('leaves no session behind, and is cancelled between two tiles', async () => {
    const runtime = await wasm();
    const faulty = faultyRuntime(runtime, 'wasm', { largestTensorBytes: 150_000 });
    const engine = testEngine({ open: () => Promise.resolve(faulty) });
    const before = runtime.liveSessions;
    const controller = new AbortController();
    let told = 0;
    const cancelled = engine.generate(size, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.phase === 'decode' && event.tiles) told = event.tiles.done;
        if (told === 3) controller.abort(new DOMException('stop', 'AbortError'));
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toBe(3);
    await engine.unload();
    expect(runtime.liveSessions).toBe(before);
  });
});
