import type { ModelFile } from '../../domain/model/model-file.ts';
import type { ByteSource } from '../../domain/weights/byte-source.ts';

/** A model's folder, wherever it lies. Paths are relative to it: `unet/model.onnx`. */
export interface ModelFiles {
  list(): readonly ModelFile[];
  /**
   * The whole file. `onBytes` is told how many bytes came since it was last called. Throws `AppError`: `download-failed`, `offline`,
   * `file-not-found`, `file-corrupt`, `out-of-memory`.
   */
  readBytes(path: string, onBytes?: (bytes: number) => void, signal?: AbortSignal): Promise<Uint8Array>;
  /** The file piece by piece, where it need not be in memory as a whole; see `sourceOf`. Reading throws as `readBytes`. */
  open?(path: string, onBytes?: (bytes: number) => void, signal?: AbortSignal): ByteSource;
  /** Whoever asked for these bytes is done with them: their memory can go at once, which the garbage collector would put off. */
  letGo?(bytes: Uint8Array): void;
  /** Throws as `readBytes`. */
  readText(path: string): Promise<string>;
}
