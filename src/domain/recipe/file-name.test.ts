import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPrompt } from '../../testing/recipes.ts';
import { recipeFileName } from './file-name.ts';

const name = (prompt: string, seed = 42) => recipeFileName({ prompt, seed }, 'png');

test.each([
  ['A cute robot, in a forest!', 'a-cute-robot-in-a-forest-42.png'],
  ['', 'picture-42.png'],
  ['???', 'picture-42.png'],
  ['CON', 'con-42.png'],
  ['../../etc/passwd', 'etc-passwd-42.png'],
  ['Über den Wolken', 'über-den-wolken-42.png'],
  ['月光の森', '月光の森-42.png'],
])('%j is saved as %s', (prompt, file) => {
  expect(name(prompt)).toBe(file);
});

test('a long prompt is cut between words', () => {
  expect(name('word '.repeat(100))).toBe(`${'word-'.repeat(12)}42.png`);
});

test('any prompt gives a name that every file system takes', () => {
  fc.assert(
    fc.property(anyPrompt, fc.maxSafeNat(), (prompt, seed) => {
      const file = name(prompt, seed);
      expect(file).toMatch(/^[^<>:"/\\|?*\p{Cc}\p{Cs}]+-\d+\.png$/u);
      expect(new TextEncoder().encode(file).length).toBeLessThan(200);
    }),
  );
});
