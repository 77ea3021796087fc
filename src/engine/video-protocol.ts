/** Everything the page and the video worker say to each other. */
import type { FilmShape } from '../domain/video/plan.ts';
import type { Fitting } from '../domain/video/fitting.ts';
import type { FilmFormat } from '../domain/video/film-format.ts';
import type { GifSettings } from '../domain/video/gif.ts';
import type { RpcClient } from './rpc.ts';

export type EncoderName = 'webcodecs' | 'ffmpeg';
/** `auto`: WebCodecs where one real frame can be encoded with it, else ffmpeg. */
export type EncoderChoice = 'auto' | 'ffmpeg';

/** A picture of any size and format that the browser can decode; equal ids are equal pictures. */
export interface PictureSource {
  readonly id: string;
  readonly blob: Blob;
}

/** All that is needed to draw any frame of a film. */
export interface FilmSource {
  readonly shape: FilmShape;
  readonly width: number;
  readonly height: number;
  /** How pictures of another shape take their place. */
  readonly fitting: Fitting;
  /** One for each scene. Null: not made yet; drawn as an empty frame in the preview, refused by the export. */
  readonly scenes: readonly (PictureSource | null)[];
  /** After each scene; as many as the shape's transition has `inBetweens`. */
  readonly inBetweens: readonly (readonly PictureSource[])[];
}

/** Any audio that ffmpeg reads. One piece or all together are looped or cut to the film's length, and faded out. */
export interface MusicSource {
  readonly file: Blob;
  /** Share of its own loudness, 0 to 1. */
  readonly volume: number;
  /** Seconds into it at which it begins to be heard. */
  readonly startSec: number;
}

export interface ExportParams {
  readonly film: FilmSource;
  readonly format: FilmFormat;
  readonly encoder: EncoderChoice;
  /** Goes into the comment tag of MP4 and WebM; empty: none. */
  readonly comment: string;
  /** One after the other. Not for GIF and PNGs. */
  readonly music: readonly MusicSource[];
  /** Where there is no music, a track of silence in MP4. */
  readonly silentTrack: boolean;
  /** For GIF only. */
  readonly gif: GifSettings;
  /** Folder of the single frames. */
  readonly name: string;
}

export type VideoNotice = {
  readonly kind: 'encoder-fallback';
  readonly from: EncoderName;
  readonly to: EncoderName;
  readonly reason: string;
};

export type ExportEvent =
  /** ffmpeg is being fetched and started. */
  | { readonly phase: 'load-encoder' }
  | { readonly phase: 'frames'; readonly done: number; readonly total: number }
  /** The file is being put together. */
  | { readonly phase: 'finish' }
  | { readonly phase: 'notice'; readonly notice: VideoNotice };

export interface ExportedFilm {
  /** Where the browser has an origin-private file system it lies there, and is deleted by a later export: copy what is to stay. */
  readonly file: Blob;
  /** Null for PNGs. */
  readonly encoder: EncoderName | null;
  readonly width: number;
  readonly height: number;
  readonly totalFrames: number;
  readonly elapsedMs: number;
}

export interface VideoCalls {
  /** Which encoder `auto` means for this size. Tries it with one real frame. */
  probe: {
    params: { format: FilmFormat; width: number; height: number; fps: number };
    event: never;
    result: EncoderName | null;
  };
  /** The film that `frame` draws. Pictures that were already prepared are not prepared again. */
  open: { params: { film: FilmSource }; event: never; result: null };
  /** Draws one frame of the open film at the film's size; the event brings it, the result follows. Throws `not-an-image`, `bad-input`. */
  frame: {
    params: { index: number };
    event: { readonly index: number; readonly bitmap: ImageBitmap };
    result: null;
  };
  /** Bytes that a pixel of its frames takes in a PNG: how much there is to see. Throws `not-an-image`, `bad-input`. */
  detail: { params: { film: FilmSource }; event: never; result: number };
  /**
   * The pieces as a WAV file, as they lie under a film of so many seconds before it loops and fades: of one piece all that can be heard, without
   * its volume and start; of several what follows from theirs. Throws as `export` does for music.
   */
  soundtrack: {
    params: { music: readonly MusicSource[]; filmSec: number };
    event: never;
    result: Blob;
  };
  /** Throws `bad-input`, `not-an-image`, `encoder-unavailable`, `encoder-failed`, `storage-full`, `audio-unreadable` or `audio-silent` (field `music`). */
  export: { params: ExportParams; event: ExportEvent; result: ExportedFilm };
  /** The comment tag of an MP4 or WebM, null where there is none. Throws `file-corrupt` where it is no such file. */
  readComment: { params: { file: Blob }; event: never; result: string | null };
}

/** What the page knows of the video worker. */
export type VideoEngine = RpcClient<VideoCalls>;
