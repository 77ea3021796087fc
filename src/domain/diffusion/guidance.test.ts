import { describe, expect, it } from 'vitest';
import { combineGuidance, needsGuidance } from './guidance.ts';

const unconditional = Float32Array.of(0, 1, -2);
const conditional = Float32Array.of(1, 1, 2);

describe('guidance', () => {
  it('asks the model once up to a scale of 1, as the reference does', () => {
    expect([0, 0.5, 1, 1.0001, 7.5].filter((scale) => !needsGuidance(scale))).toEqual([0, 0.5, 1]);
  });

  it('gives the negative prompt alone at 0, the prompt alone at 1', () => {
    expect(combineGuidance(unconditional, conditional, 0)).toEqual(unconditional);
    expect(combineGuidance(unconditional, conditional, 1)).toEqual(conditional);
  });

  it('mixes below 1 and exaggerates above it', () => {
    expect(combineGuidance(unconditional, conditional, 0.5)).toEqual(Float32Array.of(0.5, 1, 0));
    expect(combineGuidance(unconditional, conditional, 7.5)).toEqual(Float32Array.of(7.5, 1, 28));
  });
});
