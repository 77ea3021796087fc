import { expect, it } from 'vitest';
import { combineGuidance } from '../guidance.ts';
import { createKeptDifference } from './kept-difference.ts';

const unconditional = Float32Array.of(0, 1, -2);
const conditional = Float32Array.of(1, 1, 2);

it('gives what guidance gave, for the same prediction', () => {
  const kept = createKeptDifference();
  const guided = combineGuidance(unconditional, conditional, 7.5);
  kept.keep(guided, conditional);
  expect(kept.applyTo(conditional)).toEqual(guided);
});

it('moves with the prediction, by the difference that was last', () => {
  const kept = createKeptDifference();
  kept.keep(Float32Array.of(9, 9, 9), conditional);
  kept.keep(combineGuidance(unconditional, conditional, 2), conditional);
  expect(kept.applyTo(Float32Array.of(2, 3, 4))).toEqual(Float32Array.of(3, 3, 8));
});

it('leaves a prediction alone while nothing is known', () => {
  const kept = createKeptDifference();
  expect(kept.isKnown).toBe(false);
  expect(kept.applyTo(conditional)).toBe(conditional);
});
