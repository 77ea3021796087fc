/** Random weights for graphs that travelled without: `fill.ts FOLDER` writes `data.bin` beside every `weights.json` below it. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toFloat16 } from '../../src/domain/diffusion/float16.ts';
import { createGenerator } from '../../src/domain/diffusion/noise.ts';

/** One for each tensor, in the order of their bytes. */
export interface RandomWeights {
  readonly type: 'float16' | 'float32';
  readonly offset: number;
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Repeated, for more would take minutes and change nothing that is measured. */
const noise = createGenerator(0).randn(2 ** 20);

export function fillWeights(folder: string): void {
  const weights = JSON.parse(readFileSync(join(folder, 'weights.json'), 'utf8')) as readonly RandomWeights[];
  const file = openSync(join(folder, 'data.bin'), 'w');
  for (const { type, offset, count, mean, deviation } of weights) {
    const values = Float32Array.from(
      { length: count },
      (_, i) => mean + deviation * noise[(i + offset) % noise.length]!,
    );
    writeSync(file, type === 'float16' ? toFloat16(values) : values, 0, undefined, offset);
  }
  closeSync(file);
}

/** Beside every `weights.json` below `top` that has none yet. */
export function fillAll(top: string): void {
  for (const path of readdirSync(top, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('weights.json') && !existsSync(join(top, dirname(path), 'data.bin')))
      fillWeights(join(top, dirname(path)));
}

if (process.argv[1]?.endsWith('fill.ts')) fillAll(process.argv[2] ?? '.');
