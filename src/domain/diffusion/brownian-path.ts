import { generatorFor, type NoiseSeed } from './generator.ts';
import { roundHalfEven } from './schedule/spacing.ts';
import { derivedSeed } from './seed-sequence.ts';
import { weightedSum } from './weighted-sum.ts';

/** The motion since the start, [length], at a time between the two that it was made with. */
export type BrownianPath = (time: number) => Float32Array;

/** A part of the path whose motion is known; its halves are drawn from seeds of their own, so that the order of questions is all one. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** How far it moves from start to end. [length] */
  readonly motion: Float32Array;
  readonly depth: number;
  /** Its place among the parts of this depth. */
  readonly place: number;
  /** Once they were drawn, near the whole: there every question comes by. */
  halves?: readonly [Part, Part];
}

/** 63 parts are kept: 4 MB for a picture of 512 × 512. */
const keptDepth = 5;

/**
 * Brownian motion that a seed stands for, whatever times are asked for: halved and halved again down to a millionth, by Brownian
 * bridges. Source: torchsde's BrownianTree, which k-diffusion and diffusers draw the noise of DPM++ SDE from; AUTOMATIC1111's web UI has
 * it draw from the noise source that the person chose, as here.
 */
export function createBrownianPath(
  seed: NoiseSeed,
  start: number,
  end: number,
  length: number,
): BrownianPath {
  const randn = (key: readonly number[]) =>
    generatorFor({ ...seed, seed: derivedSeed(seed.seed, key) }).randn(length);
  const whole: Part = {
    start: toMillionth(start),
    end: toMillionth(end),
    motion: weightedSum([Math.sqrt(end - start), randn([])]),
    depth: 0,
    place: 0,
  };
  return (time) => {
    const wanted = Math.min(Math.max(toMillionth(time), whole.start), whole.end);
    let part = whole;
    let before: Float32Array = new Float32Array(length);
    while (wanted > part.start && wanted < part.end) {
      const [left, right] = part.halves ?? halves(part, randn([part.place, part.depth]));
      if (part.depth < keptDepth) part.halves = [left, right];
      if (wanted >= left.end) before = weightedSum([1, before], [1, left.motion]);
      part = wanted < left.end ? left : right;
    }
    return wanted === part.end ? weightedSum([1, before], [1, part.motion]) : before;
  };
}

function halves({ start, end, motion, depth, place }: Part, noise: Float32Array): readonly [Part, Part] {
  const middle = toMillionth(0.5 * (end + start));
  const [leftSpan, rightSpan] = [middle - start, end - middle];
  const share = leftSpan / (end - start);
  const left = weightedSum([share, motion], [Math.sqrt(share * rightSpan), noise]);
  const right = weightedSum([1, motion], [-1, left]);
  return [
    { start, end: middle, motion: left, depth: depth + 1, place: 2 * place },
    { start: middle, end, motion: right, depth: depth + 1, place: 2 * place + 1 },
  ];
}

/** Python's `round(time, 6)`: only odd 128ths lie halfway between two millionths, and go to the even one. */
function toMillionth(time: number): number {
  const isHalfway = Number.isInteger(time * 128) && (time * 128) % 2 !== 0;
  return isHalfway ? roundHalfEven(time * 1e6) / 1e6 : Number(time.toFixed(6));
}
