import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('schemas are made without asking for eval, which the content policy would report', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal(
    'Function',
    class {
      constructor(...code: unknown[]) {
        asked.push(code);
      }
    },
  );
  vi.resetModules();
  const { parseProject } = await import('./recipe/film-recipe.ts');
  const { generateSchema } = await import('./api/schemas.ts');
  expect(() => parseProject({})).toThrow();
  expect(generateSchema.safeParse({ prompt: 'a' }).success).toBe(true);
  expect(asked).toEqual([]);
});
