export type ModelComponent = 'text_encoder' | 'unet' | 'vae_decoder' | 'vae_encoder';

export interface ModelFile {
  /** Relative to the model's folder, `/` between parts: `unet/model.onnx`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hex; absent where the source does not tell. */
  readonly sha256?: string;
}

/** A file as the source lists it. */
export interface SourceFile extends ModelFile {
  /** SHA-1 of git's blob, hex; the hub has it for every file that is no LFS pointer. */
  readonly gitOid?: string;
  /** Where it is fetched from, when that is elsewhere than the rest of its model. */
  readonly url?: string;
}

/** One file of a pipeline: what the engine calls it, and where it comes from. */
export interface LayoutFile {
  /** As in the plain Optimum layout: `unet/model.onnx`, whatever the source calls it. */
  readonly path: string;
  readonly source: SourceFile;
}
