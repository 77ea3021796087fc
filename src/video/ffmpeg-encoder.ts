/** Films with ffmpeg: runs of raw frames become pieces, pieces become the file. Nothing here holds the whole film's frames. */
import { AppError } from '../domain/errors.ts';
import { i420ByteLength } from '../domain/video/i420.ts';
import { smallerGif } from '../domain/video/gif.ts';
import { frameTime } from '../domain/video/rates.ts';
import { silentWav } from '../domain/video/silence.ts';
import { joinPieces, readWav, writeWav } from '../domain/video/wav.ts';
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
  type Sound,
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
  const sound = await soundUnder(ffmpeg, job);
  await ffmpeg.exec(muxArgs(job, { args, sound }, 'result'));
  return new Blob([await ffmpeg.take('result')], { type: mimeTypes[job.format] });
}

/** What goes under the film, null where it has no sound track. */
async function soundUnder(ffmpeg: Ffmpeg, job: EncodeJob): Promise<Sound | null> {
  const name = 'sound.wav';
  if (job.music.length > 0) {
    await ffmpeg.write(name, await readMusic(ffmpeg, job.music, frameTime(job.totalFrames, job.fps)));
    const [first, ...others] = job.music;
    const { volume, startSec } = others.length === 0 ? first! : asItIs;
    return { path: name, volume, startSec };
  }
  if (!job.silent) return null;
  await ffmpeg.write(name, silentWav());
  return { path: name, ...asItIs };
}

const asItIs = { volume: 1, startSec: 0 };

/** As the worker's `soundtrack`, for a player that cannot play the files themselves or has several. */
export async function soundtrack(
  music: readonly MusicSource[],
  filmSec: number,
  signal: AbortSignal,
): Promise<Blob> {
  const ffmpeg = await startFfmpeg(signal);
  try {
    return new Blob([await readMusic(ffmpeg, music, filmSec)], { type: 'audio/wav' });
  } finally {
    ffmpeg.close();
  }
}

/** Samples, as a file that `muxArgs` can loop: of one piece as they are, of several joined, as loud as each is to be. */
async function readMusic(
  ffmpeg: Ffmpeg,
  music: readonly MusicSource[],
  filmSec: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const files: Uint8Array<ArrayBuffer>[] = [];
  for (const [index, piece] of music.entries())
    files.push(await decoded(ffmpeg, piece, `/music${index}`, filmSec));
  if (files.length === 1) return files[0]!;
  const pieces = files.map((file, index) => ({ ...music[index]!, samples: readWav(file) }));
  const joined = joinPieces(pieces, filmSec);
  if (joined.data.length === 0) throw nothingToHear();
  return writeWav(joined);
}

/** A WAV's head as ffmpeg writes it; what follows are the samples. */
const wavHeadBytes = 128;

async function decoded(
  ffmpeg: Ffmpeg,
  music: MusicSource,
  folder: string,
  filmSec: number,
): Promise<Uint8Array<ArrayBuffer>> {
  await ffmpeg.mount(folder, [{ name: 'music', data: music.file }]);
  try {
    await ffmpeg.exec(soundtrackArgs(music, filmSec, `${folder}/music`, 'music.wav'));
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'encoder-failed') throw cause;
    throw new AppError('audio-unreadable', 'This is no audio that can be read.', { field: 'music' });
  }
  const samples = await ffmpeg.take('music.wav');
  if (samples.length <= wavHeadBytes) throw nothingToHear();
  return samples;
}

const nothingToHear = () =>
  new AppError('audio-silent', 'There is nothing to hear in this file.', { field: 'music' });

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
      return new Blob([await fittingGif(ffmpeg, job)], { type: mimeTypes.gif });
    },
    close: () => Promise.resolve(ffmpeg.close()),
  };
}

/** Made again, smaller each time, until it is as small as it is to be. */
async function fittingGif(ffmpeg: Ffmpeg, job: EncodeJob): Promise<Uint8Array<ArrayBuffer>> {
  const { maxMegabytes } = job.gif;
  const maxBytes = maxMegabytes === null ? Infinity : maxMegabytes * 1e6;
  let size: { readonly width: number; readonly height: number } = job;
  for (;;) {
    await ffmpeg.exec(gifArgs(job, { input: '/raw/frames.yuv', palette: 'palette.png', size }, 'result'));
    const gif = await ffmpeg.take('result');
    if (gif.length <= maxBytes) return gif;
    const smaller = smallerGif(size, gif.length, maxBytes);
    if (!smaller) throw tooSmall(maxMegabytes!, gif.length);
    size = smaller;
  }
}

const tooSmall = (maxMegabytes: number, bytes: number) =>
  new AppError(
    'bad-input',
    `No GIF of this film fits into ${maxMegabytes} MB: at a size at which something can still be seen it takes ${(bytes / 1e6).toFixed(1)} MB. Allow more, or choose fewer frames per second or colours.`,
    { field: 'gif.maxMegabytes' },
  );

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
