/** The combinations that are compared. The first is Exact. */
import type { SamplerId } from '../../src/domain/diffusion/samplers/choices.ts';
import type { FastWay } from '../../src/domain/diffusion/fast/fast-way.ts';

export interface Way {
  readonly name: string;
  /** Null: as the reference makes it. */
  readonly way: FastWay | null;
  /** Another sampler than the model's, over another number of steps. */
  readonly sampler?: SamplerId;
  readonly steps?: number;
}

const all: FastWay = {
  guidedUntil: 1,
  guidedEvery: 1,
  afterwards: 'unguided',
  forecast: null,
  steps: 1,
  fewestSteps: 1,
};
const taylor = { chebyshev: 0, degree: 1, ridge: 0.1, taylor: 1 };
const straight = { ...taylor, taylor: 0 };
const bent = { ...taylor, taylor: 2 };
const chebyshev = { chebyshev: 1, degree: 3, ridge: 0.01, taylor: 1 };
/** The degree that the paper has: five unknowns of four pictures, where the forecasts begin. */
const spectrum = { chebyshev: 0.5, degree: 4, ridge: 0.1, taylor: 1 };
const steady = { ...spectrum, degree: 3, ridge: 0.3 };
const everyOther = { warmUp: 3, window: 2, growth: 0, tail: 1 };
const growing = { warmUp: 4, shortBelow: 20, window: 2, growth: 0.75, tail: 2 };

const way = (name: string, over: Partial<FastWay>, more: Omit<Way, 'name' | 'way'> = {}): Way => ({
  name,
  way: { ...all, ...over },
  ...more,
});

export const ways: readonly Way[] = [
  { name: 'exact', way: null },
  way('guided 60 %', { guidedUntil: 0.6 }),
  way('guided 40 %', { guidedUntil: 0.4 }),
  way('guided 40 %, then kept', { guidedUntil: 0.4, afterwards: 'kept' }),
  way('every other difference kept', { guidedEvery: 2 }),
  way('forecast: newest, every other', { forecast: { ...straight, ...everyOther } }),
  way('forecast: Taylor, every other', { forecast: { ...taylor, ...everyOther } }),
  way('forecast: Taylor 2, every other', { forecast: { ...bent, ...everyOther } }),
  way('forecast: Chebyshev, every other', { forecast: { ...chebyshev, ...everyOther } }),
  way('forecast: Spectrum, every other', { forecast: { ...spectrum, ...everyOther } }),
  way('forecast: Taylor, growing', { forecast: { ...taylor, ...growing } }),
  way('forecast: Spectrum, growing slowly', { forecast: { ...spectrum, ...growing, growth: 0.5 } }),
  way('forecast: Spectrum, growing', { forecast: { ...spectrum, ...growing } }),
  way('forecast: Spectrum of degree 3, growing (Fast)', { forecast: { ...steady, ...growing } }),
  way('the same, guided 80 %', { guidedUntil: 0.8, forecast: { ...steady, ...growing } }),
  way('11 steps', {}, { steps: 11 }),
  way('12 steps', {}, { steps: 12 }),
  way('12 steps, UniPC', {}, { steps: 12, sampler: 'unipc' }),
  way('12 steps, Karras', {}, { steps: 12, sampler: 'dpmpp-2m-karras' }),
  way('12 steps, guided 60 %', { guidedUntil: 0.6 }, { steps: 12 }),
  way('14 steps, guided 60 %', { guidedUntil: 0.6 }, { steps: 14 }),
  way('16 steps, guided 40 %', { guidedUntil: 0.4 }, { steps: 16 }),
  way('16 steps, guided 40 %, then kept', { guidedUntil: 0.4, afterwards: 'kept' }, { steps: 16 }),
  way('16 steps, every other kept', { guidedEvery: 2 }, { steps: 16 }),
  way('Taylor, guided 60 %', { guidedUntil: 0.6, forecast: { ...taylor, ...everyOther } }),
  way('Taylor, guided 60 %, then kept', {
    guidedUntil: 0.6,
    afterwards: 'kept',
    forecast: { ...taylor, ...everyOther },
  }),
  way('Taylor, every other kept', { guidedEvery: 2, forecast: { ...taylor, ...everyOther } }),
];
