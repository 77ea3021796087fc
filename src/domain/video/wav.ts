/** Samples as WAV files of 16 bits: what ffmpeg decodes music to, and takes it back from. */
import { AppError } from '../errors.ts';

export interface Samples {
  readonly sampleRate: number;
  readonly channels: number;
  /** One channel's sample after the other's, −32,768 to 32,767. */
  readonly data: Int16Array<ArrayBuffer>;
}

const headBytes = 44;
const pcm = 1;
const extensible = 0xfffe;

/** Throws `audio-unreadable` for what is no WAV of 16 bits. Source: Microsoft and IBM, Multimedia Programming Interface, 1991. */
export function readWav(bytes: Uint8Array<ArrayBuffer>): Samples {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { channels: number; sampleRate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    // Written into a pipe the length is not known: the data then goes to the end.
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (
      name === 'fmt ' &&
      [pcm, extensible].includes(view.getUint16(at + 8, true)) &&
      view.getUint16(at + 22, true) === 16
    )
      format = { channels: view.getUint16(at + 10, true), sampleRate: view.getUint32(at + 12, true) };
    if (name === 'data' && format) {
      const even = length - (length % (2 * format.channels));
      return { ...format, data: new Int16Array(bytes.slice(at + 8, at + 8 + even).buffer) };
    }
    at += 8 + length + (length % 2);
  }
  throw new AppError('audio-unreadable', 'This is no WAV file of 16 bits.', { field: 'music' });
}

export function writeWav({ sampleRate, channels, data }: Samples): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headBytes + data.byteLength);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + data.byteLength, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, data.byteLength, true);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headBytes);
  return bytes;
}

export interface Piece {
  readonly samples: Samples;
  /** Share of its own loudness, 0 to 1. */
  readonly volume: number;
  /** Seconds into it at which it begins to be heard. */
  readonly startSec: number;
}

/**
 * Pieces of one sample rate, one after the other in two channels, without a gap; at most `maxSec` in all. What has one channel is as loud in both.
 * A piece that begins beyond its end is left out.
 */
export function joinPieces(pieces: readonly Piece[], maxSec: number): Samples {
  const sampleRate = pieces[0]?.samples.sampleRate ?? 0;
  const parts = pieces.map(heard);
  const frames = Math.min(
    parts.reduce((sum, { length }) => sum + length / 2, 0),
    Math.ceil(maxSec * sampleRate),
  );
  const data = new Int16Array(2 * frames);
  let at = 0;
  for (const part of parts) {
    const fitting = part.subarray(0, data.length - at);
    data.set(fitting, at);
    at += fitting.length;
  }
  return { sampleRate, channels: 2, data };
}

/** What is heard of it, in two channels. */
function heard({ samples: { sampleRate, channels, data }, volume, startSec }: Piece): Int16Array {
  const start = Math.round(startSec * sampleRate);
  const frames = Math.max(0, data.length / channels - start);
  const stereo = new Int16Array(2 * frames);
  for (let frame = 0; frame < frames; frame++) {
    const at = (start + frame) * channels;
    stereo[2 * frame] = Math.round(data[at]! * volume);
    stereo[2 * frame + 1] = Math.round(data[at + channels - 1]! * volume);
  }
  return stereo;
}
