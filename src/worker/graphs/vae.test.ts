import { describe, expect, it } from 'vitest';
import { stubSession } from '../../testing/stub-session.ts';
import { encode, encodedOf, sampleLatents } from './vae.ts';

const input = { name: 'sample', type: 'float32', shape: [1, 3, 'height', 'width'] };
const pixels = new Float32Array(3 * 8 * 8);
const size = { width: 8, height: 8 };

const giving = (channels: number, ...data: readonly number[]) =>
  stubSession([input], () => ({ type: 'float32', dims: [1, channels, 1, 1], data: Float32Array.from(data) }));

describe('the encoder of pictures', () => {
  it('may give the latents themselves', async () => {
    const encoded = encodedOf(await encode(giving(2, 0.5, -0.5), pixels, size), 2);
    expect(sampleLatents(encoded, () => expect.unreachable('no noise is needed'))).toEqual(
      Float32Array.of(0.5, -0.5),
    );
  });

  it('may give mean and log variance, of which a sample is drawn', async () => {
    const encoded = encodedOf(await encode(giving(4, 1, 2, 0, Math.log(4)), pixels, size), 2);
    expect([...sampleLatents(encoded, (length) => new Float32Array(length).fill(0.5))]).toEqual([1.5, 3]);
  });

  it('has its log variance kept between −30 and 20', async () => {
    const encoded = encodedOf(await encode(giving(4, 0, 0, -1000, 1000), pixels, size), 2);
    const [least, most] = sampleLatents(encoded, (length) => new Float32Array(length).fill(1));
    expect(least).toBeCloseTo(Math.exp(-15), 10);
    expect(most! / Math.exp(10)).toBeCloseTo(1, 5);
  });

  it('with any other number of channels is refused', async () => {
    const output = await encode(giving(3, 1, 2, 3), pixels, size);
    expect(() => encodedOf(output, 2)).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
  });
});
