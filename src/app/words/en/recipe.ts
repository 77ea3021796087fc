import type { ToldField } from '../../../domain/recipe/told.ts';
import type { RecipeFact } from '../recipe-facts.ts';

const fields: Readonly<Record<ToldField, string>> = {
  prompt: 'prompt',
  negativePrompt: 'negative prompt',
  steps: 'steps',
  guidanceScale: 'guidance',
  seed: 'seed',
  width: 'size',
  height: 'height',
  sampler: 'sampler',
  schedule: 'schedule',
  noise: 'noise',
  variation: 'variation',
  speed: 'speed',
  vae: 'VAE',
  hires: 'Hires. fix',
  clipSkip: 'clip skip',
};

const list = (names: readonly string[]) => names.join(', ');

/** One sentence about a recipe that was restored. */
export function recipeWords(fact: RecipeFact): string {
  switch (fact.kind) {
    case 'tool':
      return `Made with ${fact.tool}.`;
    case 'read':
      return `Read: ${list(fact.fields.map((field) => fields[field]))}. Everything else is at its default.`;
    case 'schedule-used':
      return `Noise schedule: ${fact.schedule}.`;
    case 'gpu-noise':
      return 'Noise: NVIDIA GPU, with which its seed was drawn.';
    case 'unreadable':
      return `The ${fields[fact.field]} could not be read (“${fact.said}”); it is at its default.`;
    case 'sampler-missing':
      return `The sampler ${fact.said} is not available; ${fact.used} is used instead.${fact.nearest ? ` The nearest here is ${fact.nearest}.` : ''}`;
    case 'seed-kept':
      return fact.gpu
        ? `Of the seed ${fact.said} only the low 32 bits are kept, ${fact.kept}: GPU noise takes all 64, so the picture differs.`
        : `Of the seed ${fact.said} the low 32 bits are kept, ${fact.kept}, which is all that its noise takes.`;
    case 'second-pass':
      return `${fact.how}: drawn without its second pass.`;
    case 'lora':
      return `LoRA ${list(fact.names)}: drawn without, unless a tag such as <lora:name:1> in the prompt calls it.`;
    case 'style':
      return `Styles ${list(fact.names)}: not applied.`;
    case 'embedding':
      return `Embeddings ${list(fact.names)}: drawn without, unless they are in this browser.`;
    case 'part':
      return `${list(fact.names)}: not repeated.`;
    case 'control-net':
      return 'ControlNet is not applied.';
    case 'regions':
      return 'Prompts for parts of the picture are drawn over all of it.';
    case 'refiner':
      return 'The refiner model is not used.';
    case 'inpainting':
      return 'Its mask is not in there: the whole picture is drawn.';
    case 'variation':
      return 'The variation of its seed is not repeated.';
    case 'noise-offset':
      return `The noise offset ENSD ${fact.delta} is not applied.`;
    case 'schedule':
      return `The noise schedule ${fact.said} is not available for this sampler; its own is used.`;
    case 'noise':
      return `The seed mode ${fact.said} is not available: the same seed draws another picture here.`;
    case 'emphasis':
      return `${fact.tool} weighs words by other signs; they are left as they were written.`;
    case 'several':
      return 'Its graph draws several pictures; these settings may be those of another one.';
    case 'prompt-only':
      return 'It tells only what was asked for in words.';
  }
}
