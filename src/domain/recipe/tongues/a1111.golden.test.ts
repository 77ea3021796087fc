import { expect, test } from 'vitest';
import { goldenJson } from '../../../testing/golden.ts';
import { readTold } from '../read-told.ts';
import { toNumber, type ToldField } from '../told.ts';

type Said = Readonly<Partial<Record<string, string>>>;

const { cases } = goldenJson<{ cases: readonly (readonly [text: string, said: Said])[] }>(
  'web-ui-texts.json',
);

const numbers = {
  steps: 'Steps',
  guidanceScale: 'CFG scale',
  seed: 'Seed',
  width: 'Size-1',
  height: 'Size-2',
} as const;

test('broken recipes of AUTOMATIC1111’s web UI are read as its own reader reads them, or what is not is told', () => {
  for (const [text, said] of cases) {
    const told = readTold([{ key: 'parameters', text }]);
    expect(told?.settings.prompt ?? '', text).toBe(said['Prompt'] ?? '');
    expect(told?.settings.negativePrompt ?? '', text).toBe(said['Negative prompt'] ?? '');
    for (const [field, key] of Object.entries(numbers) as [ToldField, string][]) {
      // What a text leaves to chance is no seed.
      const there = key === 'Seed' && said[key] === '-1' ? undefined : toNumber(said[key]);
      if (told?.unreadable[field] === undefined) expect(told?.settings[field], `${key}: ${text}`).toBe(there);
    }
    expect(told?.settings.sampler !== undefined || told?.unreadable.sampler !== undefined, text).toBe(
      said['Sampler'] !== undefined,
    );
  }
});
