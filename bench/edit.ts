/**
 * What editing costs, with the built-in model on one thread of WASM, in one run: `npx tsx bench/edit.ts`. Only the masked part at a quarter of
 * the area beside the whole picture; a detail enlargement beside the bare steps of its tiles.
 */
import { usualInpainting, type Inpainting } from '../src/domain/diffusion/edit/inpainting.ts';
import { emptyMask } from '../src/domain/diffusion/edit/mask.ts';
import type { EnlargeEvent } from '../src/engine/protocol.ts';
import { miniature, testEngine } from '../src/testing/engine-rig.ts';
import { folderFiles } from '../src/testing/folder-files.ts';

const files = folderFiles('public/models/built-in');
const engine = testEngine({ openFiles: () => Promise.resolve(files) });
const side = 512;
const image = {
  width: side,
  height: side,
  data: Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : 128 + 90 * Math.sin(at / 700) + 30 * Math.cos(at / 37),
  ),
};
const mask = emptyMask(side, side);
for (let row = 160; row < 352; row++) mask.data.fill(255, row * side + 160, row * side + 352);
const settings = {
  prompt: 'a red mushroom in a forest',
  negativePrompt: '',
  steps: 12,
  guidanceScale: 4,
  seed: 1,
  width: side,
  height: side,
  sampler: 'dpmpp-2m',
} as const;
const print = (line: string) => process.stdout.write(`${line}\n`);

async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function inpaint(area: Inpainting['area'], drawn: number): Promise<number> {
  const source = { image, strength: 1, inpaint: { ...usualInpainting, area, mask } };
  const size = { width: drawn, height: drawn };
  return timedMs(() => engine.generate({ settings: { ...settings, ...size }, source }));
}

async function bareStepMs(tile: number): Promise<number> {
  const { events } = await engine.generate({ settings: { ...settings, width: tile, height: tile } });
  const calls = events.flatMap((event) => (event.phase === 'denoise' ? [event.callMs] : [])).slice(1);
  return calls.reduce((sum, ms) => sum + ms, 0) / calls.length;
}

async function enlarge(tile: number): Promise<{ readonly ms: number; readonly steps: number }> {
  let steps = 0;
  const emit = (event: EnlargeEvent) => {
    if (event.phase === 'tiles' && event.stage === 'denoise') steps = event.total;
  };
  const tileSettings = { ...settings, steps: 24, width: tile, height: tile };
  const by = { how: 'detail', model: miniature, backend: 'auto', strength: 0.5, overlapPx: 64 } as const;
  const params = { image, scale: 2, by: { ...by, settings: tileSettings } } as const;
  const call = () => engine.handlers.enlarge(params, { signal: new AbortController().signal, emit });
  return { ms: await timedMs(call), steps };
}

// Once beforehand, for the sessions.
await inpaint('whole', side);
await inpaint('masked', side / 2);
for (let round = 0; round < 2; round++) {
  const [whole, part] = [await inpaint('whole', side), await inpaint('masked', side / 2)];
  print(
    `only masked, ${side / 2}² of ${side}²: ${(part / 1000).toFixed(2)} s of ${(whole / 1000).toFixed(2)} s, ${(part / whole).toFixed(3)}`,
  );
}
const tile = 256;
const before = await bareStepMs(tile);
const { ms, steps } = await enlarge(tile);
const stepMs = (before + (await bareStepMs(tile))) / 2;
const bare = steps * stepMs;
print(
  `detail 2x of ${side}²: ${(ms / 1000).toFixed(1)} s; ${steps} steps of tiles of ${tile}² at ${stepMs.toFixed(1)} ms: ${(bare / 1000).toFixed(1)} s, ${(ms / bare).toFixed(3)}`,
);
