/** Reference checkpoints as the readers see them. */
import { readFileSync } from 'node:fs';
import { memorySource } from '../domain/weights/byte-source.ts';
import { openWeights } from '../domain/weights/weight-file.ts';
import type { WeightFile } from '../domain/weights/lazy-tensor.ts';
import { goldenPath } from './golden.ts';

/** `name` as in `goldenPath`: `checkpoints/lora/kohya-locon.safetensors`. */
export function goldenWeights(name: string): Promise<WeightFile> {
  return openWeights(memorySource(name, readFileSync(goldenPath(name))));
}
