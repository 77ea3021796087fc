import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnFilm, drawnPicture } from './dynamic-prompts.ts';
import { generateSchema, videoSchema } from './schemas.ts';

const lists = { colour: ['red', 'blue', 'green'] };
const picture = (fields: object) =>
  generateSchema.parse({ prompt: 'a {red|blue} fox, __colour__', ...fields });
const film = (fields: object) => videoSchema.parse({ scenes: ['{a|b}', '{a|b}'], ...fields });

test('without the word braces and underscores are text', () => {
  expect(drawnPicture(picture({}), 7, lists)).toEqual(picture({}));
  expect(drawnFilm(film({}), 7, lists)).toEqual(film({}));
});

test('a picture draws by its seed, the same for the same', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (seed) => {
      const request = picture({ dynamic_prompts: true, negative_prompt: '{text|words}' });
      const { prompt, negative_prompt: negative } = drawnPicture(request, seed, lists);
      expect(prompt).toMatch(/^a (red|blue) fox, (red|blue|green)$/);
      expect(negative).toMatch(/^(text|words)$/);
      expect(drawnPicture(request, seed, lists).prompt).toBe(prompt);
    }),
  );
});

test('each scene of a film draws for itself, its character is one', () => {
  const scenes = Array.from({ length: 12 }, () => '{a|b|c|d}');
  const fields = { scenes, hero_description: 'a {red|blue} fox', dynamic_prompts: true };
  const drawn = drawnFilm(film(fields), 3, lists);
  expect(new Set(drawn.scenes).size).toBeGreaterThan(1);
  expect(drawn.hero_description).toMatch(/^a (red|blue) fox$/);
});
