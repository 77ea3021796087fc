/**
 * Guidance on the first part of a run only: once a picture's content stands, the difference that the prompt makes changes it little, and a
 * call costs one pass instead of two. Source: Kynkäänniemi et al., "Applying Guidance in a Limited Interval Improves Sample and Distribution
 * Quality in Diffusion Models" (2024, arXiv 2404.07724), with the interval's noisy end left open.
 * @param call from 0
 * @param until share of the calls that are guided, 0 … 1
 */
export const isInInterval = (call: number, calls: number, until: number): boolean =>
  call < Math.round(until * calls);
