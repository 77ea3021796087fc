/** What another program's text tells of a picture, in our terms: read, unreadable here, or not said. */
import { speeds } from '../diffusion/fast/speeds.ts';
import type { NoiseSource } from '../diffusion/noise-source.ts';
import type { Inpainting } from '../diffusion/edit/inpainting.ts';
import { isWithin, limits } from '../limits.ts';
import { readUpscaler } from './upscaler-names.ts';
import { samplerFor, samplerWithId } from './sampler-names.ts';
import type { ImageSettings } from '../diffusion/image-settings.ts';

export type ToldField = keyof ImageSettings;

/** What the text tells that is not repeated here, or is repeated differently. Facts; the page makes sentences of them. */
export type ToldNote =
  | { readonly kind: 'second-pass'; readonly how: string }
  | { readonly kind: 'lora' | 'style' | 'embedding' | 'part'; readonly names: readonly string[] }
  | { readonly kind: 'control-net' | 'regions' | 'refiner' | 'inpainting' | 'variation' }
  | { readonly kind: 'noise-offset'; readonly delta: number }
  | { readonly kind: 'seed-folded'; readonly said: string }
  | { readonly kind: 'schedule'; readonly said: string }
  | { readonly kind: 'noise'; readonly said: string }
  | { readonly kind: 'emphasis'; readonly tool: string }
  | { readonly kind: 'prompt-only' }
  /** Its graph draws several pictures, of which this may be another. */
  | { readonly kind: 'several' };

export interface RestoredSettings {
  /** Who wrote the text: `AUTOMATIC1111`, `ComfyUI` … */
  readonly tool: string;
  readonly settings: Partial<ImageSettings>;
  /** Fields that the text has but that mean nothing here, with what it says. */
  readonly unreadable: Readonly<Partial<Record<ToldField, string>>>;
  /** A name for people (`tiny-sd`, `v1-5-pruned`), not necessarily an id of ours. */
  readonly modelName?: string;
  /** Denoising strength, when the picture was made from another one. */
  readonly strength?: number;
  /** Of that one only a part was drawn; the mask is in no text. */
  readonly inpaint?: Inpainting;
  readonly notes: readonly ToldNote[];
}

/** The most that a field of a foreign text may say: what the page cannot make stands there with a problem beside it. */
const most = { steps: 10_000, guidanceScale: 1000, side: 16_384 } as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type Teller = ReturnType<typeof createTeller>;

/** Collects what a text tells. Every method takes what stands there, of whatever type; undefined, null and '' say nothing. */
export function createTeller(tool: string) {
  const settings: Partial<Mutable<ImageSettings>> = {};
  const unreadable: Partial<Record<ToldField, string>> = {};
  const notes: ToldNote[] = [];
  let modelName: string | undefined;
  let strength: number | undefined;
  let inpaint: Inpainting | undefined;

  const number = (
    field: 'steps' | 'guidanceScale' | 'width' | 'height',
    said: unknown,
    ok: (n: number) => boolean,
  ) => {
    if (isUnsaid(said)) return;
    const value = toNumber(said);
    if (value !== undefined && ok(value)) settings[field] = value;
    else unreadable[field] = shown(said);
  };
  const whole = (least: number, greatest: number) => (n: number) =>
    Number.isInteger(n) && n >= least && n <= greatest;

  return {
    prompt: (said: unknown, field: 'prompt' | 'negativePrompt' = 'prompt') => {
      if (typeof said === 'string') settings[field] = said;
      else if (!isUnsaid(said)) unreadable[field] = shown(said);
    },
    steps: (said: unknown) => number('steps', said, whole(1, most.steps)),
    guidance: (said: unknown) => number('guidanceScale', said, (n) => n >= 0 && n <= most.guidanceScale),
    size: (width: unknown, height: unknown) => {
      number('width', width, whole(1, most.side));
      number('height', height, whole(1, most.side));
    },
    /** −1 leaves it to chance, in every program. */
    seed: (said: unknown) => {
      if (isUnsaid(said) || toNumber(said) === -1) return;
      const seed = readSeed(said);
      if (seed === undefined) unreadable.seed = shown(said);
      else settings.seed = seed.value;
      if (seed?.folded) notes.push({ kind: 'seed-folded', said: shown(said) });
    },
    sampler: (name: unknown, schedule?: unknown) => {
      if (isUnsaid(name)) return;
      const [said, apart] = [shown(name), isUnsaid(schedule) ? undefined : shown(schedule)];
      const found = samplerFor(said, apart);
      if (!found) {
        unreadable.sampler = [name, schedule]
          .filter((part) => !isUnsaid(part))
          .map(shown)
          .join(', ');
        return;
      }
      settings.sampler = found.sampler;
      if (found.schedule) settings.schedule = found.schedule;
      if (found.unknownSchedule) notes.push({ kind: 'schedule', said: found.unknownSchedule });
    },
    /** By an id of ours. */
    exactSampler: (id: string, schedule: string | undefined) =>
      Object.assign(settings, samplerWithId(id, schedule)),
    /** Nothing is varied by a strength of 0. */
    variation: (saidSeed: unknown, saidStrength: unknown) => {
      const amount = toNumber(saidStrength);
      if (isUnsaid(saidStrength) || amount === 0) return;
      const seed = isUnsaid(saidSeed) ? undefined : readSeed(saidSeed);
      if (!seed || amount === undefined || amount < 0 || amount > 1) {
        unreadable.variation = `${shown(saidSeed)}, ${shown(saidStrength)}`;
        return;
      }
      settings.variation = { seed: seed.value, strength: amount };
      if (seed.folded) notes.push({ kind: 'seed-folded', said: shown(saidSeed) });
    },
    noise: (source: NoiseSource) => (settings.noise = source),
    speed: (said: unknown) => {
      if (isUnsaid(said)) return;
      const speed = speeds.find((known) => known === said);
      if (speed) settings.speed = speed;
      else unreadable.speed = shown(said);
    },
    vae: (said: unknown) => {
      if (typeof said === 'string' && said !== '') settings.vae = said;
    },
    model: (said: unknown) => {
      if (typeof said === 'string' && said.trim() !== '') modelName = baseName(said);
    },
    /** The picture began from another one. */
    strength: (said: unknown) => {
      const value = toNumber(said);
      if (value !== undefined && value >= 0 && value <= 1) strength = value;
    },
    inpaint: (how: Inpainting) => (inpaint = how),
    /** A second pass as the web UI makes it; false where it says what cannot be made. */
    hires: (said: { scale: unknown; steps: unknown; strength: unknown; upscaler: unknown }): boolean => {
      const [scale, steps, amount] = [said.scale, said.steps ?? 0, said.strength].map(toNumber);
      const upscaler = readUpscaler(said.upscaler);
      if (scale === undefined || steps === undefined || amount === undefined || !upscaler) return false;
      const makeable =
        isWithin(scale, limits.hires.scale) &&
        isWithin(steps, limits.hires.steps) &&
        Number.isInteger(steps) &&
        isWithin(amount, limits.strength);
      if (makeable) settings.hires = { scale, steps, strength: amount, upscaler };
      return makeable;
    },
    /** From the end, 1 for all; ComfyUI counts below 0. */
    clipSkip: (said: unknown) => {
      const layers = Math.abs(toNumber(said) ?? 1);
      if (layers <= 1) return;
      if (Number.isInteger(layers) && layers <= limits.clipSkip.max) settings.clipSkip = layers;
      else unreadable.clipSkip = shown(said);
    },
    note: (note: ToldNote) => {
      if (!notes.some((other) => JSON.stringify(other) === JSON.stringify(note))) notes.push(note);
    },
    names: (kind: 'lora' | 'style' | 'embedding' | 'part', said: readonly unknown[]) => {
      const names = said
        .filter((name) => typeof name === 'string' && name !== '' && name !== 'None')
        .map(String);
      if (names.length > 0) notes.push({ kind, names: [...new Set(names.map(baseName))] });
    },
    unreadable: (field: ToldField, said: string) => (unreadable[field] = said),
    /** Null when nothing was said of how to draw it. */
    done: (): RestoredSettings | null =>
      Object.keys(settings).length + Object.keys(unreadable).length === 0
        ? null
        : {
            tool,
            settings,
            unreadable,
            notes,
            ...(modelName === undefined ? {} : { modelName }),
            ...(strength === undefined ? {} : { strength }),
            ...(inpaint === undefined ? {} : { inpaint }),
          },
  };
}

const isUnsaid = (said: unknown) => said === undefined || said === null || said === '';

/** Numbers, and texts that are numbers; nothing else. */
export function toNumber(said: unknown): number | undefined {
  if (typeof said === 'number') return Number.isFinite(said) ? said : undefined;
  if (typeof said !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(said)) return undefined;
  return Number(said);
}

/**
 * Seeds beyond 2^53 − 1 are no numbers here: their low 32 bits are kept, which is all that torch's CPU generator takes of a seed
 * (`folded`). Negative ones are counted modulo 2^64, as torch does.
 */
function readSeed(said: unknown): { readonly value: number; readonly folded: boolean } | undefined {
  const text = String(said).trim();
  if (!/^-?\d{1,20}(\.0+)?$/.test(text)) return undefined;
  const seed = BigInt.asUintN(64, BigInt(text.replace(/\..*/, '')));
  const folded = seed > BigInt(Number.MAX_SAFE_INTEGER);
  return { value: Number(folded ? BigInt.asUintN(32, seed) : seed), folded };
}

const weightsEnding = /\.(safetensors|ckpt|pt|pth|bin|gguf|sft)$/i;

/** `models/v1-5.safetensors` → `v1-5`; what is no file (`segmind/tiny-sd`) stays. */
export const baseName = (path: string) =>
  weightsEnding.test(path) ? path.split(/[\\/]/).at(-1)!.replace(weightsEnding, '') : path;

function shown(said: unknown): string {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
