/**
 * `npm run bench -- fast FOLDER [COUNT] [WAY …]`: draws held-out prompts in every way of `ways.ts`, one after the other for each prompt, so that
 * all share what the machine does meanwhile, and compares each with Exact of the same seed. FOLDER holds `prompts.json`
 * (`training/evaluate.py prompts`); what was drawn stays in it, so that a run that was ended goes on. Pictures are named by
 * `training/evaluate.py judge`, whose scores are in the table from then on. `-- fast FOLDER 0` only prints the table.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { filteredRows, opaquePng } from '../../src/domain/recipe/png-encode.ts';
import type { ImageSettings } from '../../src/domain/diffusion/image-settings.ts';
import type { Model } from '../../src/worker/model/model.ts';
import { distance, edgeEnergy, ssim } from './closeness.ts';
import { draw, openFolder, type Drawn } from './draw.ts';
import { miniatureDistances } from './miniature.ts';
import { printTable, type Fact } from './table.ts';
import { ways, type Way } from './ways.ts';

const builtIn = join(import.meta.dirname, '../../public/models/built-in');

export async function judgeFast([folder, count = '100', ...names]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('npm run bench -- fast FOLDER [COUNT] [WAY …]');
  const chosen = ways.filter(({ name, way }) => way === null || names.length === 0 || names.includes(name));
  const prompts = JSON.parse(readFileSync(join(folder, 'prompts.json'), 'utf8')) as { prompt: string }[];
  const model = await openFolder(builtIn);
  for (const [index, { prompt }] of prompts.slice(0, Number(count)).entries())
    await judgePrompt({ model, folder, chosen, index, prompt });
  printTable(folder, chosen, await miniatureDistances(folder, chosen));
}

interface Judging {
  readonly model: Model;
  readonly folder: string;
  readonly chosen: readonly Way[];
  readonly index: number;
  readonly prompt: string;
}

async function judgePrompt({ model, folder, chosen, index, prompt }: Judging): Promise<void> {
  const file = join(folder, 'facts', `${index}.jsonl`);
  mkdirSync(join(folder, 'facts'), { recursive: true });
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const done = new Set(known.map((line) => (JSON.parse(line) as Fact).name));
  if (chosen.every(({ name }) => done.has(name))) return;
  const settings = settingsFor(prompt, index);
  const exact = await draw(model, settings, chosen[0]!);
  for (const way of chosen) {
    if (done.has(way.name)) continue;
    const drawn = way.way === null ? exact : await draw(model, settings, way);
    keepPicture(folder, way, index, drawn);
    appendFileSync(file, `${JSON.stringify(factOf(way, drawn, exact))}\n`);
  }
  process.stderr.write(`\r${index + 1}`);
}

const settingsFor = (prompt: string, seed: number): ImageSettings => ({
  prompt,
  negativePrompt: '',
  steps: 25,
  guidanceScale: 4,
  seed,
  width: 256,
  height: 256,
  sampler: 'dpmpp-2m',
});

/** `share`: of the time that Exact took just before, decoding included. */
const factOf = ({ name }: Way, drawn: Drawn, exact: Drawn): Fact => ({
  name,
  passes: drawn.passes,
  ms: drawn.denoiseMs + drawn.timings.decodeMs,
  exactMs: exact.denoiseMs + exact.timings.decodeMs,
  distance: distance(drawn.latents, exact.latents),
  ssim: ssim(drawn.image, exact.image),
  edges: edgeEnergy(drawn.image) / edgeEnergy(exact.image),
});

function keepPicture(folder: string, { name }: Way, index: number, { image }: Drawn): void {
  const into = join(folder, 'pictures', name);
  mkdirSync(into, { recursive: true });
  const rows = filteredRows(image);
  rows.add(image.height);
  writeFileSync(
    join(into, `${String(index).padStart(4, '0')}.png`),
    opaquePng(image, deflateSync(rows.bytes)),
  );
}
