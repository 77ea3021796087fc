/**
 * A file of float32 weights that is never in memory as a whole: each tensor is converted when the runtime asks for it, which copies it to
 * where it belongs before it asks for the next. So a float16 model of 650 MB needs 650 MB here and one tensor more, not 1.9 GB.
 */
import { AppError } from '../../domain/errors.ts';
import { widened, type HalfWeights } from '../../domain/onnx/to-float32.ts';

/**
 * Stands for the file's bytes with the two things that onnxruntime-web 1.30.0 asks of an external data file, `byteLength` and
 * `subarray(start, end)`: https://github.com/microsoft/onnxruntime/blob/v1.30.0/onnxruntime/core/framework/external_data_loader.cc.
 * A test draws with it, so that a version which asks for more is noticed.
 */
export function lazyFloat32File(weights: readonly HalfWeights[], byteLength: number): Uint8Array {
  const places = new Map(weights.map(({ offset, halves }) => [offset, halves]));
  const subarray = (start: number, end: number): Uint8Array => {
    const halves = places.get(start);
    if (!halves || end - start !== 2 * halves.length)
      throw new AppError('internal', `No weights lie from ${start} to ${end}.`);
    return widened(halves);
  };
  return Object.defineProperties(new Uint8Array(), {
    byteLength: { value: byteLength },
    subarray: { value: subarray },
  });
}
