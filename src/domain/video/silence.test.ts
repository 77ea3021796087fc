import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fractionalRates, frameTime } from './rates.ts';
import { silence, silentPackets, silentWav } from './silence.ts';

test('silence lasts as long as the film, to the sample, without a gap', () => {
  const rates = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...fractionalRates));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), rates, (totalFrames, fps) => {
      let end = 0;
      for (const { timestampSec, durationSec } of silentPackets(totalFrames, fps)) {
        expect(timestampSec).toBeCloseTo(end, 9);
        expect(durationSec).toBeGreaterThan(0);
        end = timestampSec + durationSec;
      }
      expect(Math.abs(end - frameTime(totalFrames, fps)) * silence.sampleRate).toBeLessThanOrEqual(
        0.5 + 1e-6,
      );
    }),
  );
});

test('the silent WAV is a second of zeros', () => {
  const wav = silentWav();
  expect(new TextDecoder('latin1').decode(wav.subarray(0, 16))).toBe('RIFF$\xee\x02\x00WAVEfmt ');
  expect(wav.length - 44).toBe(48_000 * 4);
  expect(wav.subarray(44).every((byte) => byte === 0)).toBe(true);
});
