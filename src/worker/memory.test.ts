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

it('memory is the same after 30 pictures as after 3', async () => {
  const heapBytes = watchMemories();
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
