import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPieces, readWav, writeWav, type Samples } from './wav.ts';

const samples = (channels: number, data: number[], sampleRate = 4): Samples => ({
  sampleRate,
  channels,
  data: Int16Array.from(data),
});

describe('a WAV file', () => {
  it('is read as it was written', () => {
    const channels = fc.integer({ min: 1, max: 2 });
    const data = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 50 });
    fc.assert(
      fc.property(channels, data, (channels, data) => {
        const written = samples(channels, data.slice(0, data.length - (data.length % channels)), 48_000);
        expect(readWav(writeWav(written))).toEqual(written);
      }),
    );
  });

  it('may say other things before its samples, and not know their number', () => {
    const written = writeWav(samples(1, [1, 2, 3]));
    const list = Uint8Array.of(...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0);
    const told = new Uint8Array([...written.subarray(0, 36), ...list, ...written.subarray(36)]);
    expect([...readWav(told).data]).toEqual([1, 2, 3]);
    told.fill(255, told.length - 10, told.length - 6);
    expect([...readWav(told).data]).toEqual([1, 2, 3]);
  });

  it('is told apart from what is none', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(100), new TextEncoder().encode('RIFF____WAVEdata')])
      expect(() => readWav(bytes)).toThrow(expect.objectContaining({ code: 'audio-unreadable' }));
  });
});

describe('joinPieces', () => {
  const piece = (samples: Samples, volume = 1, startSec = 0) => ({ samples, volume, startSec });

  it('puts one after the other, in two channels, each as loud as it is told', () => {
    const joined = joinPieces(
      [piece(samples(1, [100, 200])), piece(samples(2, [1000, -1000, 30, -30]), 0.5)],
      60,
    );
    expect(joined).toEqual(samples(2, [100, 100, 200, 200, 500, -500, 15, -15]));
  });

  it('begins within a piece, and leaves out what begins beyond its end', () => {
    const joined = joinPieces([piece(samples(1, [1, 2, 3, 4]), 1, 0.5), piece(samples(1, [9]), 1, 7)], 60);
    expect([...joined.data]).toEqual([3, 3, 4, 4]);
  });

  it('ends where it is not heard any more', () => {
    const long = piece(samples(1, [1, 2, 3, 4]));
    expect([...joinPieces([long, long], 1.25).data]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 1, 1]);
  });
});
