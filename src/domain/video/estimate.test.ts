import { describe, expect, it } from 'vitest';
import { projectOf } from '../../testing/films.ts';
import { requirePlan } from './check-film.ts';
import { estimateFilm, filmFacts, newFrames } from './estimate.ts';
import { gifDefaults, type GifSettings } from './gif.ts';
import { filmFormats, type FilmFormat } from './film-format.ts';

const plan = requirePlan(projectOf(['a', 'b', 'c']));
const facts = filmFacts(projectOf([]), 'mp4', null);
const unmeasured = { pictureSec: null, measured: null };

/** Four seconds, 96 frames of 512 × 512: stills with two cross-fades, or zooming all along. */
const fourSeconds = (motion: 'still' | 'zoom-in') =>
  requirePlan(projectOf(['a', 'b', 'c'], { sceneDurationSec: 1, motion }));

describe('estimateFilm', () => {
  it('comes from this device’s own times', () => {
    const typical = estimateFilm(plan, facts, 2, unmeasured);
    const own = estimateFilm(plan, facts, 2, { pictureSec: 3, measured: { time: 2, size: 0.5 } });
    expect(own.generationSec).toBe(6);
    expect(own.encodeSec).toBeCloseTo(2 * typical.encodeSec);
    expect(own.fileBytes).toBeCloseTo(typical.fileBytes / 2, -1);
  });

  it('says that it does not know before anything was measured, unless nothing is to be made', () => {
    expect(estimateFilm(plan, facts, 2, unmeasured).generationSec).toBeNull();
    expect(estimateFilm(plan, facts, 0, unmeasured).generationSec).toBe(0);
  });

  it('counts a still once, and every frame of what moves', () => {
    expect(newFrames(fourSeconds('still'))).toBe(3 + 24);
    expect(newFrames(fourSeconds('zoom-in'))).toBe(96);
  });

  // Exported with Chromium 156 and ffmpeg 5.1.4 (WebAssembly), before anything was measured there.
  const came: [FilmFormat, 'still' | 'zoom-in', detail: number, bytes: number][] = [
    ['mp4', 'still', 0.028, 37_737],
    ['mp4', 'still', 0.29, 138_302],
    ['mp4', 'zoom-in', 0.29, 141_067],
    ['mp4', 'still', 1.3, 434_721],
    ['mp4', 'zoom-in', 1.3, 1_159_423],
    ['mp4', 'still', 2.6, 610_320],
    ['webm', 'still', 0.29, 176_967],
    ['webm', 'zoom-in', 0.29, 214_007],
    ['webm', 'still', 1.3, 584_725],
    ['webm', 'zoom-in', 1.3, 806_667],
    ['gif', 'still', 0.29, 1_663_261],
    ['gif', 'zoom-in', 0.29, 2_984_480],
    ['gif', 'still', 1.3, 3_310_862],
    ['gif', 'zoom-in', 1.3, 11_202_433],
    ['png-zip', 'still', 1.27, 32_077_821],
    ['png-zip', 'zoom-in', 1.36, 34_318_916],
  ];
  it.each(came)('guesses a %s (%s, detail %d) within a factor of 2', (format, motion, detail, bytes) => {
    const { fileBytes } = estimateFilm(fourSeconds(motion), { ...facts, format, detail }, 0, {
      ...unmeasured,
    });
    expect(fileBytes / bytes).toBeGreaterThan(0.5);
    expect(fileBytes / bytes).toBeLessThan(2);
  });

  it('knows that a GIF may be smaller, slower, of fewer colours, and below a limit', () => {
    const bytes = (gif: Partial<GifSettings>) =>
      estimateFilm(plan, { ...facts, format: 'gif', gif: { ...gifDefaults, ...gif } }, 0, unmeasured)
        .fileBytes;
    const whole = bytes({});
    expect(bytes({ sizePercent: 50 }) / whole).toBeCloseTo(0.25);
    expect(bytes({ fps: 12 }) / whole).toBeCloseTo(0.5);
    expect(bytes({ colours: 16 }) / whole).toBeCloseTo(0.5);
    expect(bytes({ maxMegabytes: 0.5 })).toBe(500_000);
  });

  it('adds the music, where there can be any', () => {
    const bytes = (format: FilmFormat, music: boolean) =>
      estimateFilm(plan, { ...facts, format, music }, 0, unmeasured).fileBytes;
    expect(filmFormats.map((format) => bytes(format, true) - bytes(format, false))).toEqual([
      200_000, 200_000, 0, 0,
    ]);
  });
});
