/** What there is to say about a recipe of another program, as facts. */
import {
  nearestSampler,
  samplerName,
  scheduleName,
  type SamplerChoice,
} from '../../domain/recipe/sampler-names.ts';
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import type { RestoredSettings, ToldField, ToldNote } from '../../domain/recipe/told.ts';
import type { RecipeFact } from '../words/recipe-facts.ts';

/** @param used the sampler that stands in for one that is not available */
export function toldFacts(told: RestoredSettings, used: SamplerChoice): readonly RecipeFact[] {
  const { tool, settings, unreadable, notes } = told;
  return [
    { kind: 'tool', tool },
    { kind: 'read', fields: readFields(told) },
    ...(settings.schedule
      ? [{ kind: 'schedule-used', schedule: scheduleName(settings.schedule) } as const]
      : []),
    ...(settings.noise === 'nvidia' ? [{ kind: 'gpu-noise' } as const] : []),
    ...Object.entries(unreadable).map(([field, said]) => unreadableFact(field as ToldField, said, used)),
    ...notes
      .filter((note) => !isInPrompt(note, settings.prompt))
      .map((note): RecipeFact => {
        if (note.kind !== 'seed-folded') return note;
        return {
          kind: 'seed-kept',
          said: note.said,
          kept: settings.seed ?? 0,
          gpu: settings.noise === 'nvidia',
        };
      }),
  ];
}

/** LoRAs that tags call are drawn with, or told as missing. */
function isInPrompt(note: ToldNote, prompt = ''): boolean {
  if (note.kind !== 'lora') return false;
  const called = readPromptLoras(prompt).loras.map(({ name }) => name);
  return note.names.every((name) => called.includes(name));
}

/** `width` stands for the size; noise and schedule are said by themselves. */
function readFields({ settings }: RestoredSettings): readonly ToldField[] {
  const hidden: readonly string[] = ['noise', 'schedule', 'height'];
  return (Object.keys(settings) as ToldField[]).filter((field) => !hidden.includes(field));
}

function unreadableFact(field: ToldField, said: string, used: SamplerChoice): RecipeFact {
  if (field !== 'sampler') return { kind: 'unreadable', field, said };
  const nearest = nearestSampler(said);
  return {
    kind: 'sampler-missing',
    said,
    used: samplerName(used),
    nearest: nearest === undefined || nearest === used ? null : samplerName(nearest),
  };
}
