import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { estimateFilm } from './estimate.ts';
import { requirePlan } from './check-film.ts';

const plan = requirePlan(projectOf(['a', 'b', 'c']));
const size = { width: 500, height: 1000 };

describe('estimateFilm', () => {
  it('comes from this device’s own times', () => {
    const pace = { pictureSec: 3, encodeSecPerMegapixel: 0.01, bytesPerMegapixel: 5000 };
    expect(estimateFilm(plan, size, 2, pace)).toEqual({
      generationSec: 6,
      encodeSec: 1.2,
      fileBytes: 600_000,
    });
  });

  it('says that it does not know before anything was measured, unless nothing is to be made', () => {
    const pace = { pictureSec: null, encodeSecPerMegapixel: null, bytesPerMegapixel: null };
    expect(estimateFilm(plan, size, 2, pace).generationSec).toBeNull();
    expect(estimateFilm(plan, size, 0, pace).generationSec).toBe(0);
  });
});
