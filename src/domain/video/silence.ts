/** A sound track in which nothing is heard: some programs (Telegram) turn films without one into animated pictures. */
import { frameTime } from './rates.ts';

/** AAC-LC, stereo. */
export const silence = {
  codec: 'mp4a.40.2',
  sampleRate: 48_000,
  numberOfChannels: 2,
  /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): AAC-LC, 48 kHz, two channels. */
  description: Uint8Array.of(0x11, 0x90),
  /** One packet: a channel pair without a band in it, as ffmpeg's encoder writes it too. */
  packet: Uint8Array.of(0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c),
} as const;

/** Samples in one packet of AAC. */
const packetSamples = 1024;

export interface SilentPacket {
  readonly timestampSec: number;
  readonly durationSec: number;
}

/** As long as the film to the sample. */
export function silentPackets(totalFrames: number, fps: number): SilentPacket[] {
  const { sampleRate } = silence;
  const samples = Math.round(frameTime(totalFrames, fps) * sampleRate);
  return Array.from({ length: Math.ceil(samples / packetSamples) }, (_, index) => {
    const at = index * packetSamples;
    return {
      timestampSec: at / sampleRate,
      durationSec: Math.min(packetSamples, samples - at) / sampleRate,
    };
  });
}

/** A second of it as a WAV file, to be looped like any music. */
export function silentWav(): Uint8Array<ArrayBuffer> {
  const { sampleRate, numberOfChannels } = silence;
  const bytesPerSample = 2 * numberOfChannels;
  const dataBytes = sampleRate * bytesPerSample;
  const view = new DataView(new ArrayBuffer(44 + dataBytes));
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, numberOfChannels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}
