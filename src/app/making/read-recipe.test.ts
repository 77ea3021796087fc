import { describe, expect, test } from 'vitest';
import { pictureCases, readCase } from '../../testing/picture-cases.ts';

const told = pictureCases().filter(([, expected]) => expected.settings);

describe.each(told)('%s', (name, expected) => {
  test('restores what it says, and nothing else', async () => {
    const found = await readCase(name);
    expect(found).toMatchObject({ kind: 'restored', settings: expected.settings });
    if (found?.kind !== 'restored' || expected.strength === undefined) return;
    expect(found.strength ?? null).toBe(expected.strength);
  });
});

test.each(pictureCases().filter(([, expected]) => !expected.settings))('%s tells nothing', async (name) => {
  expect(await readCase(name)).toBeNull();
});
