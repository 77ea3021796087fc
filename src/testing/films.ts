import fc from 'fast-check';
import { captionSizes } from '../domain/video/caption-size.ts';
import { motionIds } from '../domain/video/motion.ts';
import { transitionModes, type FilmShape } from '../domain/video/plan.ts';
import { newProject, newScene, type FilmProject } from '../domain/video/project.ts';
import { fractionalRates } from '../domain/video/rates.ts';
import { transitionIds } from '../domain/video/transitions/transitions.ts';

const transition = fc.record({
  kind: fc.constantFrom(...transitionIds),
  frames: fc.integer({ min: 0, max: 40 }),
  inBetweens: fc.integer({ min: 1, max: 6 }),
});

/** Any film that can be laid out; overlapping transitions are cut to what fits. */
export const anyShape: fc.Arbitrary<FilmShape> = fc
  .record({
    fps: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...fractionalRates)),
    mode: fc.constantFrom(...transitionModes),
    captionSize: fc.constantFrom(...captionSizes),
    scenes: fc.array(
      fc.record({
        frames: fc.integer({ min: 1, max: 120 }),
        motion: fc.constantFrom(...motionIds),
        caption: fc.constantFrom('', 'a', 'b'),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    pool: fc.array(transition, { minLength: 7, maxLength: 7 }),
  })
  .map(({ pool, ...shape }) => ({ ...shape, transitions: fit(shape, pool) }));

function fit(shape: Omit<FilmShape, 'transitions'>, pool: FilmShape['transitions']) {
  const room = (index: number) => Math.floor(shape.scenes[index]!.frames / 2);
  return pool.slice(0, shape.scenes.length - 1).map((each, i) => ({
    ...each,
    frames: shape.mode === 'insert' ? each.frames : Math.min(each.frames, room(i), room(i + 1)),
  }));
}

/** A film of the contract's defaults with these prompts. */
export function projectOf(prompts: readonly string[], changes: Partial<FilmProject> = {}): FilmProject {
  const scenes = prompts.map((prompt, index) => newScene(`s${index}`, prompt));
  return { ...newProject('film', 42, scenes), ...changes };
}
