import type { ColourMatrix } from '../domain/video/i420.ts';
import type { FilmFormat } from '../domain/video/film-format.ts';
import type { GifSettings } from '../domain/video/gif.ts';
import type { EncoderName, MusicSource } from '../engine/video-protocol.ts';

export type VideoFormat = Exclude<FilmFormat, 'png-zip'>;

export interface EncodeJob {
  readonly format: VideoFormat;
  /** Pixels, both even. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly totalFrames: number;
  /** Empty: none. */
  readonly comment: string;
  /** One after the other; none: no music. */
  readonly music: readonly MusicSource[];
  /** Of the file, where it is a GIF. */
  readonly gif: Pick<GifSettings, 'colours' | 'maxMegabytes'>;
  /** A sound track in which nothing is heard; never beside music. */
  readonly silent: boolean;
  readonly signal: AbortSignal;
  /** ffmpeg is being fetched and started. */
  onLoad(): void;
  /** This many frames are in the file. */
  onFrames(done: number): void;
}

/** One file in the making. */
export interface FilmWriter {
  /** Of the planes that it takes. */
  readonly matrix: ColourMatrix;
  /** The next frame, as limited-range I420; not kept after the promise resolves, which is when there is room for another. */
  add(planes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<Blob>;
  /** Stops everything and gives its memory back; after an error too. */
  close(): Promise<void>;
}

export interface FilmEncoder {
  readonly name: EncoderName;
  /** Throws `encoder-unavailable`, `encoder-failed`, `storage-full`; so do the writer's functions. */
  start(job: EncodeJob): Promise<FilmWriter>;
}

export const mimeTypes: Record<FilmFormat, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  gif: 'image/gif',
  'png-zip': 'application/zip',
};
