/** One picture as AV1, by the browser's own video encoder: none writes AVIF from a canvas (Chromium 156, Firefox 153). */
import { AppError } from '../../domain/errors.ts';
import { i420ByteLength, rgbaToI420 } from '../../domain/video/i420.ts';

/** Main profile up to level 5.0: 8,912,896 pixels. */
const codec = 'av01.0.08M.08';

const configFor = (width: number, height: number): VideoEncoderConfig => ({
  ...{ codec, width, height },
  bitrateMode: 'quantizer',
  latencyMode: 'quality',
});

export async function canEncodeAv1(): Promise<boolean> {
  if (!('VideoEncoder' in globalThis)) return false;
  const support = await VideoEncoder.isConfigSupported(configFor(512, 512)).catch(() => null);
  return support?.supported === true;
}

/** The quantizer's 0 … 63. */
const quantizerOf = (qualityPercent: number) => Math.round((1 - qualityPercent / 100) * 63);

/** As the WebCodecs registry of AV1 has it (`av1`, 5.1); TypeScript does not know it yet. */
const keyFrame = (quantizer: number) => ({ keyFrame: true, av1: { quantizer } }) as VideoEncoderEncodeOptions;

/** A temporal unit of one key frame; sides must be even. Throws `encoder-unavailable`, `encoder-failed`. */
export async function encodeAv1(image: ImageData, qualityPercent: number): Promise<Uint8Array> {
  const { width, height, data } = image;
  if (width % 2 !== 0 || height % 2 !== 0) {
    throw new AppError('encoder-unavailable', 'AVIF is written for even sides only.');
  }
  const planes = new Uint8Array(i420ByteLength(width, height));
  rgbaToI420(data, width, height, planes);
  const parts: Uint8Array[] = [];
  let cause: unknown = null;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      parts.push(bytes);
    },
    // A pending flush is refused then.
    error: (error) => (cause = error),
  });
  const frame = new VideoFrame(planes, {
    ...{ format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0 },
    colorSpace: { primaries: 'bt709', transfer: 'iec61966-2-1', matrix: 'bt709', fullRange: false },
  });
  try {
    encoder.configure(configFor(width, height));
    encoder.encode(frame, keyFrame(quantizerOf(qualityPercent)));
    await encoder.flush();
  } catch (error) {
    throw new AppError('encoder-failed', 'The browser’s AV1 encoder stopped.', { cause: cause ?? error });
  } finally {
    frame.close();
    if (encoder.state !== 'closed') encoder.close();
  }
  const [whole] = parts;
  if (!whole || parts.length > 1)
    throw new AppError('encoder-failed', 'The browser’s AV1 encoder gave no picture.');
  return whole;
}
