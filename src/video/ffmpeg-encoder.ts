/** Films with ffmpeg: runs of raw frames become pieces, pieces become the file. Nothing here holds the whole film's frames. */
import { AppError } from '../domain/errors.ts';
import { i420ByteLength } from '../domain/video/i420.ts';
import { silentWav } from '../domain/video/silence.ts';
import type { MusicSource } from '../engine/video-protocol.ts';
import { mimeTypes, type EncodeJob, type FilmEncoder, type FilmWriter } from './encoder.ts';
import {
  gifArgs,
  matrixFor,
  muxArgs,
  paletteArgs,
  segmentArgs,
  segmentList,
  soundtrackArgs,
  type SegmentEntry,
} from './ffmpeg-args.ts';
import { startFfmpeg, type Ffmpeg } from './ffmpeg.ts';

/** Raw frames handed over at once; two of these exist while one is encoded and the next is drawn. */
const runBytes = 24 * 2 ** 20;
/** An instance crashes after some 150 runs: it gets a successor long before. */
const runsPerInstance = 40;
/** A GIF needs all its frames twice, so they wait in a blob. */
const maxGifBytes = 2 * 2 ** 30;

export const ffmpegEncoder: FilmEncoder = {
  name: 'ffmpeg',
  start: (job) => (job.format === 'gif' ? startGif(job) : Promise.resolve(segmentWriter(job))),
};

function segmentWriter(job: EncodeJob): FilmWriter {
  const instances = instancePool(job);
  const segments: (SegmentEntry & { readonly name: string; readonly data: Blob })[] = [];
  let encoding: Promise<void> = Promise.resolve();

  const encode = async (planes: Uint8Array<ArrayBuffer>, frames: number) => {
    const ffmpeg = await instances.next();
    await ffmpeg.write('run.yuv', planes);
    await ffmpeg.exec(segmentArgs(job, 'run.yuv', 'piece'));
    const name = String(segments.length);
    segments.push({ name, path: `/pieces/${name}`, frames, data: new Blob([await ffmpeg.take('piece')]) });
    runs.reuse(await ffmpeg.take('run.yuv'));
    job.onFrames(segments.reduce((sum, segment) => sum + segment.frames, 0));
  };
  const runs = frameRuns(job, async (planes, frames) => {
    await encoding;
    encoding = encode(planes, frames);
    // An error is told by the next `await encoding`; until then it is not unhandled.
    encoding.catch(() => undefined);
  });

  return {
    matrix: matrixFor(job.format),
    add: runs.add,
    finish: async () => {
      await encoding;
      const ffmpeg = await instances.next();
      await ffmpeg.mount('/pieces', segments);
      await ffmpeg.write('list.txt', new TextEncoder().encode(segmentList(segments, job.fps)));
      return mux(ffmpeg, job, ['-f', 'concat', '-safe', '0', '-i', 'list.txt']);
    },
    close: () => Promise.resolve(instances.close()),
  };
}

/** Puts the soundtrack under a film that another encoder made. Throws `audio-unreadable` and `audio-silent` (field `music`). */
export async function addMusic(film: Blob, job: EncodeJob): Promise<Blob> {
  job.onLoad();
  const ffmpeg = await startFfmpeg(job.signal);
  try {
    await ffmpeg.mount('/film', [{ name: 'film', data: film }]);
    return await mux(ffmpeg, job, ['-i', '/film/film']);
  } finally {
    ffmpeg.close();
  }
}

async function mux(ffmpeg: Ffmpeg, job: EncodeJob, args: readonly string[]): Promise<Blob> {
  const music = await soundtrack(ffmpeg, job);
  await ffmpeg.exec(muxArgs(job, { args, music }, 'result'));
  return new Blob([await ffmpeg.take('result')], { type: mimeTypes[job.format] });
}

/** Where the samples lie that go under the film, null where it has no sound track. */
async function soundtrack(ffmpeg: Ffmpeg, job: EncodeJob): Promise<string | null> {
  if (job.music) return readMusic(ffmpeg, job, job.music);
  if (!job.silent) return null;
  await ffmpeg.write('silence.wav', silentWav());
  return 'silence.wav';
}

/** A WAV's head as ffmpeg writes it; what follows are the samples. */
const wavHeadBytes = 128;

/** The soundtrack's samples, as a file that `muxArgs` can loop. */
async function readMusic(ffmpeg: Ffmpeg, job: EncodeJob, music: MusicSource): Promise<string> {
  await ffmpeg.mount('/music', [{ name: 'music', data: music.file }]);
  try {
    await ffmpeg.exec(soundtrackArgs({ ...job, music }, '/music/music', 'music.wav'));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'encoder-failed') throw cause;
    throw new AppError('audio-unreadable', 'This is no audio that can be read.', { field: 'music' });
  }
  const samples = await ffmpeg.take('music.wav');
  if (samples.length <= wavHeadBytes) {
    throw new AppError('audio-silent', 'There is nothing to hear in this file.', { field: 'music' });
  }
  await ffmpeg.write('music.wav', samples);
  return 'music.wav';
}

async function startGif(job: EncodeJob): Promise<FilmWriter> {
  const totalBytes = i420ByteLength(job.width, job.height) * job.totalFrames;
  if (totalBytes > maxGifBytes) {
    throw new AppError('bad-input', 'This film is too long for a GIF of its size: make an MP4.', {
      field: 'format',
    });
  }
  job.onLoad();
  const ffmpeg = await startFfmpeg(job.signal);
  const parts: Blob[] = [];
  let gathered = 0;
  const runs = frameRuns(job, (planes, frames) => {
    parts.push(new Blob([planes]));
    gathered += frames;
    job.onFrames(gathered);
    return Promise.resolve();
  });
  return {
    matrix: matrixFor('gif'),
    add: runs.add,
    finish: async () => {
      await ffmpeg.mount('/raw', [{ name: 'frames.yuv', data: new Blob(parts) }]);
      await ffmpeg.exec(paletteArgs(job, '/raw/frames.yuv', 'palette.png'));
      await ffmpeg.exec(gifArgs(job, '/raw/frames.yuv', 'palette.png', 'result'));
      return new Blob([await ffmpeg.take('result')], { type: mimeTypes.gif });
    },
    close: () => Promise.resolve(ffmpeg.close()),
  };
}

/** Gathers single frames into runs; `flush` gets each run and its number of frames, `reuse` takes back what a run was in. */
function frameRuns(
  { width, height, totalFrames }: EncodeJob,
  flush: (planes: Uint8Array<ArrayBuffer>, frames: number) => Promise<void>,
) {
  const frameBytes = i420ByteLength(width, height);
  const framesPerRun = Math.max(1, Math.floor(runBytes / frameBytes));
  const free: ArrayBuffer[] = [];
  let run = new Uint8Array(0);
  let filled = 0;
  let added = 0;
  return {
    add: async (planes: Uint8Array<ArrayBuffer>): Promise<void> => {
      if (filled === 0) {
        const frames = Math.min(framesPerRun, totalFrames - added);
        run = new Uint8Array(free.pop() ?? new ArrayBuffer(frames * frameBytes), 0, frames * frameBytes);
      }
      run.set(planes, filled);
      filled += frameBytes;
      added++;
      if (filled < run.length) return;
      filled = 0;
      await flush(run, run.length / frameBytes);
    },
    reuse: ({ buffer }: Uint8Array<ArrayBuffer>): void => void free.push(buffer),
  };
}

/** One instance at a time, replaced before it wears out. */
function instancePool(job: EncodeJob) {
  let current: Ffmpeg | null = null;
  let uses = 0;
  return {
    next: async (): Promise<Ffmpeg> => {
      if (current && uses++ < runsPerInstance) return current;
      if (current) current.close();
      else job.onLoad();
      uses = 0;
      current = await startFfmpeg(job.signal);
      return current;
    },
    close: () => current?.close(),
  };
}
