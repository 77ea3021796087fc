import type { SamplerId } from '../diffusion/samplers/choices.ts';
import type { Json } from '../loose-json.ts';
import { parseModelId } from './model-id.ts';
import { vaeFactorOf } from './vae-factor.ts';

/** What a model's makers recommend. */
export interface ModelDefaults {
  readonly sampler: SamplerId | 'model';
  readonly steps: number;
  readonly guidanceScale: number;
  readonly width: number;
  readonly height: number;
}

/** What the page tells about a model before it is loaded. */
export interface ModelCard {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly defaults: ModelDefaults;
  /** Sides must be multiples of this many pixels. */
  readonly sizeMultiple: number;
  /** Prompts that this model does well. */
  readonly examples: readonly string[];
}

/** A card for a model that the catalogue does not know, from its own files. */
export function describeModel(id: string, licence: string | null, read: (path: string) => Json): ModelCard {
  const unet = read('unet/config.json');
  const levels = Array.isArray(unet['block_out_channels']) ? unet['block_out_channels'].length : 4;
  const sampleSize = typeof unet['sample_size'] === 'number' ? unet['sample_size'] : 64;
  const factor = vaeFactorOf(read('vae_decoder/config.json'));
  const side = sampleSize * factor;
  const speed = defaultSpeed(id, read('model_index.json'), read('scheduler/scheduler_config.json'));
  return {
    name: nameOf(id),
    description: `${id.replace(/^local:/, '')}, added by you.`,
    licence: licence ?? 'not stated',
    defaults: { sampler: 'model', ...speed, width: side, height: side },
    sizeMultiple: factor * 2 ** (levels - 1),
    examples: ['a red fox in fresh snow, photograph', 'a lighthouse on a cliff in a storm, oil painting'],
  };
}

function nameOf(id: string): string {
  const hub = parseModelId(id);
  const path = hub ? hub.folder || hub.repository : id.replace(/^local:/, '').replace(/#.*$/, '');
  const name = path.split('/').at(-1) ?? path;
  return hub?.precision ? `${name} (${hub.precision})` : name;
}

/** Distilled models are spoilt by many steps and by guidance; which they are, their scheduler or name tells. */
function defaultSpeed(
  id: string,
  index: Json,
  scheduler: Json,
): Pick<ModelDefaults, 'steps' | 'guidanceScale'> {
  const isLcm =
    scheduler['_class_name'] === 'LCMScheduler' || String(index['_class_name']).includes('LatentConsistency');
  if (isLcm) return { steps: 4, guidanceScale: 1 };
  if (/turbo/i.test(id)) return { steps: 2, guidanceScale: 1 };
  return { steps: 25, guidanceScale: 7 };
}
