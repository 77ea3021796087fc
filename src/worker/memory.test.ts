import { expect, it } from 'vitest';
import { settings, testEngine, wasm } from '../testing/engine-rig.ts';
import { tensorCount } from './runtime/tensor-scope.ts';

/** Sees every WebAssembly memory that is made from now on. The runtime is loaded by the first test that opens it. */
function watchMemories() {
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

const heapBytes = watchMemories();

it('memory is the same after 30 pictures as after 3', async () => {
  const runtime = await wasm();
  const engine = testEngine({ open: () => Promise.resolve(runtime) });
  const draw = (seed: number) => engine.generate({ settings: { ...settings, seed } });
  for (let seed = 0; seed < 3; seed++) await draw(seed);
  const before = { sessions: runtime.liveSessions, bytes: heapBytes() };
  expect(before.bytes).toBeGreaterThan(0);

  for (let seed = 3; seed < 33; seed++) await draw(seed);

  expect({ sessions: runtime.liveSessions, bytes: heapBytes() }).toEqual(before);
  expect(tensorCount.live).toBe(0);
});

/** A new size is a new session, and that takes as long as a picture does. */
const patient = { timeout: 240_000 };

it(
  'memory is the same after pictures of changing sizes, with and without guidance, as after the first ones',
  patient,
  async () => {
    const runtime = await wasm();
    const before = runtime.liveSessions;
    const engine = testEngine({ open: () => Promise.resolve(runtime) });
    // One more than is kept, so that each makes its sessions anew. Thirty in a browser: `npm run bench -- memory`.
    const shapes = [64, 96, 128].map((height, i) => ({ width: 64, height, guidanceScale: i === 1 ? 1 : 5 }));
    const drawAll = async () => {
      for (const shape of shapes) await engine.generate({ settings: { ...settings, ...shape, steps: 1 } });
    };
    // Twice, until the heap has found its size: pieces of it lie elsewhere once all shapes have been there.
    await drawAll();
    await drawAll();
    // The text encoder's, and the last two of UNet and decoder.
    const held = { sessions: 5, bytes: heapBytes() };
    for (let round = 0; round < 2; round++) await drawAll();

    expect({ sessions: runtime.liveSessions - before, bytes: heapBytes() }).toEqual(held);
    expect(tensorCount.live).toBe(0);
    await engine.unload();
    expect(runtime.liveSessions).toBe(before);
  },
);
