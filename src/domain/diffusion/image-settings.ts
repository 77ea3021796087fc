import type { Hires } from './edit/hires.ts';
import type { Speed } from './fast/speeds.ts';
import type { NoiseSource } from './noise-source.ts';
import type { ScheduleId } from './samplers/schedule-ids.ts';
import type { SamplerId } from './samplers/choices.ts';
import type { Variation } from './variation.ts';

/** What makes one picture, beside the model: the same settings and model give the same pixels. */
export interface ImageSettings {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** How far all of these may go: `limits`. */
  readonly steps: number;
  /** 1 means one pass without guidance; 0 is allowed. */
  readonly guidanceScale: number;
  /** As torch's `manual_seed` takes it. */
  readonly seed: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** `model` means the scheduler that the model ships with. */
  readonly sampler: SamplerId | 'model';
  /** Without it: the sampler's own. */
  readonly schedule?: ScheduleId | undefined;
  /** Without it: `torch-cpu`. */
  readonly noise?: NoiseSource;
  /** Without it: `exact`. */
  readonly speed?: Speed;
  /** Name of a VAE that was added beside models. Without it: the model's own. */
  readonly vae?: string | undefined;
  readonly variation?: Variation;
  /** The picture is drawn over in a larger size; `width` and `height` are those before. */
  readonly hires?: Hires | undefined;
  /** The text encoder's last layer that counts, from the end, as AUTOMATIC1111 counts. Without it: 1, all of them. */
  readonly clipSkip?: number;
}

/** Those of picture `at` of a run, from 0: its seed counts on, or that of its variation, as in AUTOMATIC1111's web UI. */
export function settingsOfPicture<T extends ImageSettings>(settings: T, at: number): T {
  const { variation, seed } = settings;
  if (!variation) return { ...settings, seed: seed + at };
  return { ...settings, variation: { ...variation, seed: variation.seed + at } };
}
