/** ONNX files ⇄ plain data. */
import { ByteWriter } from './byte-writer.ts';
import type { OnnxGraph, OnnxModel } from './model.ts';
import { model } from './schema.ts';
import { corrupt, joined, wireTypes, type Pieces } from './wire.ts';

/**
 * Weights and other bytes are views of `bytes`, which must stay as it is as long as the model is used. Throws `file-corrupt` for bytes
 * that are no ONNX file.
 */
export function readModel(bytes: Uint8Array): OnnxModel & { readonly graph: OnnxGraph } {
  const whole = { number: 0, wireType: wireTypes.delimited, tagStart: 0, start: 0, end: bytes.length };
  const [read] = model.read(bytes, whole, 0);
  const { graph } = read!;
  if (!graph) throw corrupt('it has no graph');
  return { ...read!, graph };
}

/** What was not changed since it was read comes out byte by byte as it was. */
export const writeModel = (written: OnnxModel): Uint8Array => joined(writePieces(written));

/** As `writeModel`, without a copy of the weights: the parts follow each other. */
export function writePieces(written: OnnxModel): Pieces {
  const out = new ByteWriter();
  model.write(written, out);
  return out.finish();
}
