/** A film becomes a file: every frame in order, through the encoder that works here. */
import { AppError, toPlainError } from '../domain/errors.ts';
import { gifFrames } from '../domain/video/gif.ts';
import type { ExportedFilm, ExportEvent, ExportParams } from '../engine/video-protocol.ts';
import { yieldToEvents } from '../engine/rpc.ts';
import type { Compositor } from './compositor.ts';
import type { EncodeJob, FilmEncoder, VideoFormat } from './encoder.ts';

export interface ExportContext {
  readonly signal: AbortSignal;
  emit(event: ExportEvent): void;
}

/** Throws `storage-full`. */
export interface ZipWriter {
  add(name: string, data: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<Blob>;
  close(): Promise<void>;
}

export interface ExportDeps {
  /** Null where the browser's own encoders cannot make this format and size. */
  browserEncoder(format: VideoFormat, size: Compositor): Promise<FilmEncoder | null>;
  readonly ffmpeg: FilmEncoder;
  addMusic(film: Blob, job: EncodeJob): Promise<Blob>;
  startZip(name: string): Promise<ZipWriter>;
  now(): number;
}

/** Throws what the encoders and the compositor throw, and `AbortError` once everything has stopped. */
export async function exportFilm(
  params: ExportParams,
  frames: Compositor,
  deps: ExportDeps,
  context: ExportContext,
): Promise<ExportedFilm> {
  const startMs = deps.now();
  const { format } = params;
  const made =
    format === 'png-zip'
      ? { file: await writeZip(params.name, frames, deps, context), encoder: null }
      : await encode({ ...params, format }, frames, deps, context);
  const { width, height } = format === 'gif' ? await sizeOfGif(made.file) : frames;
  return { ...made, width, height, totalFrames: frames.totalFrames, elapsedMs: deps.now() - startMs };
}

/** It may have been made smaller than its frames. Source: GIF89a, section 18. */
async function sizeOfGif(file: Blob): Promise<{ width: number; height: number }> {
  const view = new DataView(await file.slice(6, 10).arrayBuffer());
  return { width: view.getUint16(0, true), height: view.getUint16(2, true) };
}

type VideoParams = ExportParams & { readonly format: VideoFormat };

/** With the browser's encoder if there is one; if that fails on the way, all over again with ffmpeg. */
async function encode(params: VideoParams, frames: Compositor, deps: ExportDeps, context: ExportContext) {
  const indices = frameIndices(params, frames);
  const job = jobFor(params, frames, indices.length, context);
  const browser = params.encoder === 'auto' ? await deps.browserEncoder(params.format, frames) : null;
  const film =
    browser &&
    (await unlessItFails(encodeWith(browser, job, frames, indices, context), browser, deps, context));
  if (!film) {
    const file = await encodeWith(deps.ffmpeg, job, frames, indices, context);
    return { file, encoder: deps.ffmpeg.name };
  }
  return { file: job.music.length > 0 ? await deps.addMusic(film, job) : film, encoder: browser.name };
}

/** Null, and the person is told, where this encoder failed; other errors pass. */
async function unlessItFails(
  film: Promise<Blob>,
  encoder: FilmEncoder,
  deps: ExportDeps,
  context: ExportContext,
): Promise<Blob | null> {
  try {
    return await film;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'encoder-failed') throw error;
    const reason = toPlainError(error).message;
    const notice = { kind: 'encoder-fallback', from: encoder.name, to: deps.ffmpeg.name, reason } as const;
    context.emit({ phase: 'notice', notice });
    return null;
  }
}

/** ffmpeg puts the music in itself, the others leave it out. */
async function encodeWith(
  encoder: FilmEncoder,
  job: EncodeJob,
  frames: Compositor,
  indices: readonly number[],
  context: ExportContext,
): Promise<Blob> {
  const writer = await encoder.start(job);
  try {
    for (const index of indices) {
      await stopIfCancelled(context.signal);
      await writer.add(await frames.i420(index, writer.matrix));
    }
    await stopIfCancelled(context.signal);
    context.emit({ phase: 'finish' });
    return await writer.finish();
  } finally {
    await writer.close();
  }
}

/** Which frames of the film the file shows: all, but a GIF may show fewer. */
function frameIndices({ format, gif }: VideoParams, { totalFrames, fps }: Compositor): readonly number[] {
  return gifFrames(totalFrames, fps, format === 'gif' ? gif.fps : null);
}

function jobFor(
  params: VideoParams,
  frames: Compositor,
  totalFrames: number,
  context: ExportContext,
): EncodeJob {
  const { signal } = context;
  const { width, height } = frames;
  const { format, comment, gif } = params;
  const isGif = format === 'gif';
  const fps = isGif ? Math.min(frames.fps, gif.fps ?? frames.fps) : frames.fps;
  const music = isGif ? [] : params.music;
  const onLoad = () => context.emit({ phase: 'load-encoder' });
  const onFrames = (done: number) => context.emit({ phase: 'frames', done, total: totalFrames });
  const silent = format === 'mp4' && music.length === 0 && params.silentTrack;
  return { format, comment, music, gif, silent, width, height, fps, totalFrames, signal, onLoad, onFrames };
}

/** In a folder, under numbered names: editors take such a folder for one clip. */
async function writeZip(
  folder: string,
  frames: Compositor,
  deps: ExportDeps,
  context: ExportContext,
): Promise<Blob> {
  const zip = await deps.startZip('frames.zip');
  const digits = String(frames.totalFrames).length;
  try {
    for (let index = 0; index < frames.totalFrames; index++) {
      await stopIfCancelled(context.signal);
      const png = await frames.png(index);
      const name = `${folder}/frame-${String(index).padStart(digits, '0')}.png`;
      await zip.add(name, new Uint8Array(await png.arrayBuffer()));
      context.emit({ phase: 'frames', done: index + 1, total: frames.totalFrames });
    }
    context.emit({ phase: 'finish' });
    return await zip.finish();
  } finally {
    await zip.close();
  }
}

/** A cancel is read only when the loop returns to the event loop. */
async function stopIfCancelled(signal: AbortSignal): Promise<void> {
  await yieldToEvents();
  signal.throwIfAborted();
}
