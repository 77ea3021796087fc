import { describe, expect, it } from 'vitest';
import { AppError } from '../domain/errors.ts';
import { gifDefaults } from '../domain/video/gif.ts';
import { abortError } from '../engine/rpc.ts';
import type { FilmFormat } from '../domain/video/film-format.ts';
import type { EncoderChoice, ExportEvent, ExportParams, MusicSource } from '../engine/video-protocol.ts';
import type { Compositor } from './compositor.ts';
import type { EncodeJob, FilmEncoder } from './encoder.ts';
import { exportFilm, type ExportDeps } from './export.ts';

const totalFrames = 5;
const song: MusicSource = { file: new Blob(['la']), volume: 1, startSec: 0 };

/** Frame n is one byte, n. */
const frames: Compositor = {
  width: 2,
  height: 2,
  fps: 24,
  totalFrames,
  bitmap: () => Promise.reject(new Error('not asked for')),
  i420: (index) => Promise.resolve(new Uint8Array([index])),
  png: (index) => Promise.resolve(new Blob([String(index)])),
};

const params = (format: FilmFormat, encoder: EncoderChoice = 'auto', music: readonly MusicSource[] = []) =>
  ({
    ...{ format, encoder, comment: 'recipe', music, silentTrack: true },
    ...{ gif: gifDefaults, name: 'a-film-24fps' },
  }) as unknown as ExportParams;

/** Of 2 × 2 pixels. */
const gifHead = 'GIF89a\u0002\0\u0002\0';

/** Writes down what is asked of it; fails at frame `failAt`. */
function recorder(
  name: FilmEncoder['name'],
  failAt = Infinity,
  code: 'encoder-failed' | 'storage-full' = 'encoder-failed',
) {
  const log: string[] = [];
  const jobs: EncodeJob[] = [];
  const encoder: FilmEncoder = {
    name,
    start: (job) => {
      jobs.push(job);
      return Promise.resolve({
        matrix: 'bt709',
        add: ([index]) => {
          if (index === failAt) return Promise.reject(new AppError(code, 'it broke'));
          log.push(String(index));
          job.onFrames(index! + 1);
          return Promise.resolve();
        },
        finish: () => Promise.resolve(new Blob([job.format === 'gif' ? gifHead : '', log.join('')])),
        close: () => Promise.resolve(void log.push('closed')),
      });
    },
  };
  return { encoder, log, jobs };
}

function setUp(browser: ReturnType<typeof recorder> | null, ffmpeg = recorder('ffmpeg')) {
  const events: ExportEvent[] = [];
  const controller = new AbortController();
  const zipped: string[] = [];
  const deps: ExportDeps = {
    browserEncoder: () => Promise.resolve(browser?.encoder ?? null),
    ffmpeg: ffmpeg.encoder,
    addMusic: async (film) => new Blob([await film.text(), ' with music']),
    startZip: () =>
      Promise.resolve({
        add: (name) => Promise.resolve(void zipped.push(name)),
        finish: () => Promise.resolve(new Blob([zipped.join(' ')])),
        close: () => Promise.resolve(void zipped.push('closed')),
      }),
    now: () => 0,
  };
  const emit = (event: ExportEvent) => void events.push(event);
  const run = (given: ExportParams) => exportFilm(given, frames, deps, { signal: controller.signal, emit });
  return { run, events, controller, ffmpeg, zipped };
}

describe('exportFilm', () => {
  it('gives every frame once and in order to the browser’s encoder, and tells how far it is', async () => {
    const browser = recorder('webcodecs');
    const { run, events, ffmpeg } = setUp(browser);
    const { file, encoder } = await run(params('mp4'));
    expect([await file.text(), encoder]).toEqual(['01234', 'webcodecs']);
    expect(browser.log.at(-1)).toBe('closed');
    expect(ffmpeg.jobs).toEqual([]);
    const done = events.flatMap((event) => (event.phase === 'frames' ? [event.done] : []));
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toEqual({ phase: 'finish' });
  });

  it('uses ffmpeg where the browser has no encoder, and where it is chosen', async () => {
    expect((await setUp(null).run(params('mp4'))).encoder).toBe('ffmpeg');
    const browser = recorder('webcodecs');
    expect((await setUp(browser).run(params('mp4', 'ffmpeg'))).encoder).toBe('ffmpeg');
    expect(browser.jobs).toEqual([]);
  });

  it('begins again with ffmpeg when the browser’s encoder breaks on the way, and says so', async () => {
    const browser = recorder('webcodecs', 3);
    const { run, events } = setUp(browser);
    const { file, encoder } = await run(params('mp4'));
    expect([await file.text(), encoder]).toEqual(['01234', 'ffmpeg']);
    expect(browser.log).toEqual(['0', '1', '2', 'closed']);
    const notice = { kind: 'encoder-fallback', from: 'webcodecs', to: 'ffmpeg', reason: 'it broke' };
    expect(events).toContainEqual({ phase: 'notice', notice });
  });

  it('does not try ffmpeg when there is no room: that is not the encoder’s fault', async () => {
    const { run, ffmpeg } = setUp(recorder('webcodecs', 3, 'storage-full'));
    await expect(run(params('mp4'))).rejects.toMatchObject({ code: 'storage-full' });
    expect(ffmpeg.jobs).toEqual([]);
  });

  it('fails with ffmpeg’s error when ffmpeg fails too', async () => {
    const { run } = setUp(recorder('webcodecs', 1), recorder('ffmpeg', 2));
    await expect(run(params('mp4'))).rejects.toMatchObject({ code: 'encoder-failed' });
  });

  it('stops on a cancel before the next frame, closes the writer, and does not try the other encoder', async () => {
    const browser = recorder('webcodecs');
    const { run, controller, ffmpeg } = setUp(browser);
    const done = run(params('mp4'));
    controller.abort(abortError());
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    expect(browser.log).toEqual(['closed']);
    expect(ffmpeg.jobs).toEqual([]);
  });

  it('adds music to what the browser made, and leaves it to ffmpeg where ffmpeg makes the film', async () => {
    const music = [song];
    const { file } = await setUp(recorder('webcodecs')).run(params('mp4', 'auto', music));
    expect(await file.text()).toBe('01234 with music');
    const forced = setUp(null);
    expect(await (await forced.run(params('mp4', 'auto', music))).file.text()).toBe('01234');
    expect(forced.ffmpeg.jobs[0]!.music).toBe(music);
  });

  it('asks for a silent track in an MP4 without music, and only there', async () => {
    const silent = async (format: FilmFormat, music: readonly MusicSource[], silentTrack = true) => {
      const { run, ffmpeg } = setUp(null);
      await run({ ...params(format, 'auto', music), silentTrack });
      return ffmpeg.jobs[0]!.silent;
    };
    expect(await silent('mp4', [])).toBe(true);
    expect(await silent('mp4', [], false)).toBe(false);
    expect(await silent('mp4', [song])).toBe(false);
    expect(await silent('webm', [])).toBe(false);
  });

  it('makes GIFs without music', async () => {
    const { run, ffmpeg } = setUp(null);
    await run(params('gif', 'auto', [song]));
    expect(ffmpeg.jobs[0]).toMatchObject({ format: 'gif', music: [] });
  });

  it('gives a GIF fewer frames where it is to be slower', async () => {
    const { run, ffmpeg, events } = setUp(null);
    const made = await run({ ...params('gif'), gif: { ...gifDefaults, fps: 12 } });
    expect(made).toMatchObject({ width: 2, height: 2 });
    expect(ffmpeg.log).toEqual(['0', '2', '4', 'closed']);
    expect(ffmpeg.jobs[0]).toMatchObject({ fps: 12, totalFrames: 3 });
    expect(events.filter(({ phase }) => phase === 'frames')).toHaveLength(3);
  });

  it('puts every frame into a folder of a zip under a name that sorts', async () => {
    const { run, zipped } = setUp(null);
    const { file, encoder } = await run(params('png-zip'));
    expect(encoder).toBeNull();
    expect((await file.text()).split(' ')).toEqual([0, 1, 2, 3, 4].map((n) => `a-film-24fps/frame-${n}.png`));
    expect(zipped.at(-1)).toBe('closed');
  });
});
