/** A sound track in which nothing is heard: some programs (Telegram) turn films without one into animated pictures. */
import { frameTime } from './rates.ts';
import { writeWav } from './wav.ts';

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
  const { sampleRate, numberOfChannels: channels } = silence;
  return writeWav({ sampleRate, channels, data: new Int16Array(sampleRate * channels) });
}
