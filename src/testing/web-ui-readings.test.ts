import { expect, test } from 'vitest';
import { differences } from './web-ui-readings.ts';

/** All of them are walked over by `bench/web-ui-readings.ts`, in some ten seconds. */
const every = 10;
const unexplained = (kind: 'texts' | 'prompts') =>
  differences(kind, every).filter(({ reasons }) => reasons.length === 0 || reasons.includes(undefined));

test('of 30,000 broken recipes each is read as AUTOMATIC1111 reads it, or it shows why not', () => {
  expect(unexplained('texts')).toEqual([]);
});

test('of 20,073 broken prompts each is read as AUTOMATIC1111 reads it, or it shows why not', () => {
  expect(unexplained('prompts')).toEqual([]);
});
