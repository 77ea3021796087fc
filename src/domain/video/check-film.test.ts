import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { filmProblems, requirePlan } from './check-film.ts';
import type { FilmProject } from './project.ts';
import { describeFilmProblem } from './film-problem.ts';

const two = (changes: Partial<FilmProject>) => projectOf(['a', 'b'], changes);
const fields = (project: FilmProject) => filmProblems(project).map(({ field }) => field);

describe('filmProblems', () => {
  it('finds nothing wrong with the contract’s defaults', () => {
    expect(filmProblems(projectOf(['a', 'b', 'c']))).toEqual([]);
  });

  it('wants two scenes, in the contract’s words', () => {
    const [problem, ...others] = filmProblems(projectOf(['a']));
    expect([problem!.field, describeFilmProblem(problem!.what), others]).toEqual([
      'scenes',
      'At least 2 scenes required',
      [],
    ]);
  });

  it.each([
    ['fps', { fps: 0 }],
    ['fps', { fps: 500 }],
    ['fps', { fps: 23.98 }],
    ['width', { width: 511 }],
    ['height', { height: 32 }],
    ['height', { width: 3840, height: 3840 }],
    ['sceneDurationSec', { sceneDurationSec: 0 }],
    ['sceneDurationSec', { sceneDurationSec: 1e9 }],
    ['sceneDurationSec', { sceneDurationSec: NaN }],
    ['sceneDurationSec', { sceneDurationSec: 0.01 }],
    ['sceneDurationSec', { sceneDurationSec: 600, fps: 60 }],
    ['steps', { steps: 0 }],
    ['guidanceScale', { guidanceScale: -1 }],
    ['seed', { seed: -1 }],
    ['transition.frames', { transition: { kind: 'wipe', frames: -1, inBetweens: 3 } }],
    ['transition.inBetweens', { transition: { kind: 'morph', frames: 12, inBetweens: 0 } }],
    ['music.volumePercent', { music: { assetId: 'a', name: 'a.mp3', volumePercent: 150, startSec: 0 } }],
    ['music.startSec', { music: { assetId: 'a', name: 'a.mp3', volumePercent: 100, startSec: NaN } }],
    ['hero', { hero: 'x'.repeat(10_001) }],
  ] as const)('tells a wrong %s beside its field: %j', (field, changes) => {
    expect(fields(two(changes))).toEqual([field]);
  });

  it('wants words or an own picture in every scene', () => {
    const project = projectOf(['a', ' ', '']);
    const [first, second, third] = project.scenes as [
      (typeof project.scenes)[0],
      (typeof project.scenes)[0],
      (typeof project.scenes)[0],
    ];
    const own = { ...third, picture: { kind: 'own', assetId: 'x' } as const };
    expect(fields({ ...project, scenes: [first, second, own] })).toEqual(['scenes.1.prompt']);
  });

  it('tells of transitions that overlap too much beside the duration that is at fault', () => {
    const changes = {
      transitionMode: 'overlap',
      transition: { kind: 'slide', frames: 60, inBetweens: 3 },
    } as const;
    const project = projectOf(['a', 'b', 'c'], changes);
    expect(fields(project)).toEqual(['sceneDurationSec']);
    const scenes = project.scenes.map((scene) => ({ ...scene, durationSec: 3 }));
    expect(fields({ ...project, scenes })).toEqual(['scenes.1.durationSec']);
  });

  it('finds a problem wherever no plan can be made, and only there', () => {
    fc.assert(
      fc.property(anyNumbers, (changes) => {
        const project = projectOf(['a', 'b', 'c'], changes);
        if (filmProblems(project).length === 0) expect(requirePlan(project).totalFrames).toBeGreaterThan(0);
        else expect(() => requirePlan(project)).toThrow(expect.objectContaining({ code: 'bad-input' }));
      }),
      { numRuns: 3000 },
    );
  });
});

const anyNumbers = fc.record({
  fps: fc.oneof(fc.integer({ min: -2, max: 70 }), fc.double()),
  width: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.double()),
  sceneDurationSec: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.double()),
  transitionMode: fc.constantFrom('insert', 'overlap'),
  transition: fc.record({
    kind: fc.constantFrom('cross-fade', 'none', 'morph'),
    frames: fc.integer({ min: -2, max: 700 }),
    inBetweens: fc.integer({ min: 0, max: 30 }),
  }),
});
