/** Everything the page and the weights' worker say to each other. A worker of its own: a download goes on while pictures are made. */
import type { PlainError } from '../domain/errors.ts';
import type { Extra, NamedExtra } from '../domain/model/extra.ts';
import type { ModelPlan } from '../domain/model/plan.ts';
import type { ModelLibrary, StoredModel } from '../domain/model/stored-model.ts';
import type { RpcClient } from './rpc.ts';

export type DownloadEvent =
  | { readonly kind: 'progress'; readonly loadedBytes: number; readonly totalBytes: number }
  /** Another tab fetches the same model; this one follows. */
  | { readonly kind: 'elsewhere'; readonly loadedBytes: number; readonly totalBytes: number }
  /** The server or the network failed; the next try begins in a while. */
  | { readonly kind: 'waiting'; readonly waitMs: number; readonly error: PlainError };

export interface ByteEvent {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** A file that the person picked, with its place in the folder that was picked. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** A LoRA or an embedding. */
export interface NewExtra {
  readonly file: File;
  /** Text of peft's adapter_config.json, where it lies beside the file. */
  readonly adapterConfig?: string | undefined;
}

export interface NamedModel {
  readonly id: string;
  readonly revision: string;
}

export interface HubQuestion {
  readonly repository: string;
  /** Empty: wherever a pipeline is. */
  readonly folder: string;
  readonly revision: string;
  readonly hubUrl: string;
}

/** Name → what goes in, what is told on the way, what comes out. Failures are `AppError`s; see each. */
export interface ModelCalls {
  /** What is stored, whole or in part. Throws `storage-failed`. */
  listModels: { params: null; event: never; result: ModelLibrary };
  /**
   * The pipelines of a repository, one plan for each. Throws `hub-gated`, `hub-not-found`, `offline`, `download-failed`;
   * `model-incomplete` (saying what is missing) and `model-unsupported` (saying what it is) when there is none.
   */
  inspectRepository: { params: HubQuestion; event: never; result: readonly ModelPlan[] };
  /** As `inspectRepository`, for files on disk. */
  inspectFolder: {
    params: {
      folderName: string;
      files: readonly PickedFile[];
      /** Where a checkpoint without a VAE gets its family's. */
      hubUrl?: string;
    };
    event: never;
    result: readonly ModelPlan[];
  };
  /** As `inspectRepository`, for one file at an address. Little of it is fetched. */
  inspectAddress: { params: { url: string; hubUrl: string }; event: never; result: readonly ModelPlan[] };
  /**
   * Fetches what is not stored yet. Cancelling pauses: what came stays. Throws `storage-full`, `file-corrupt`, `model-incomplete` and as
   * `inspectRepository`.
   */
  downloadModel: {
    params: { plan: ModelPlan; parallel: number };
    event: DownloadEvent;
    result: StoredModel;
  };
  /** Copies files from disk into storage. Cancelling undoes. Throws `file-unreadable`, `storage-full`, `file-corrupt`. */
  importModel: {
    params: { plan: ModelPlan; files: readonly PickedFile[] };
    event: ByteEvent;
    result: StoredModel;
  };
  /** Hashes everything again; fetches damaged chunks again where the model came from the hub. Throws `model-incomplete`. */
  verifyModel: {
    params: NamedModel;
    event: ByteEvent;
    result: { readonly damagedFiles: readonly string[]; readonly repairedChunks: number };
  };
  /** A model, or what came of its download. Bytes that another model needs stay. Throws `storage-failed`. */
  deleteModel: { params: NamedModel; event: never; result: null };
  /** LoRAs and embeddings that were added. Throws `storage-failed`. */
  listExtras: { params: null; event: never; result: readonly Extra[] };
  /** Keeps one, in the place of one of its name. Throws `model-unsupported` (saying what it is), `model-incomplete`, `file-corrupt`, `storage-full`. */
  addExtra: { params: NewExtra; event: never; result: Extra };
  /** Gives the file back, for whoever regrets. Throws `bad-input` when there is none, `storage-failed`. */
  deleteExtra: { params: NamedExtra; event: never; result: NewExtra };
  /** Writes the model into a folder, in the layout that `inspectFolder` reads. Throws `storage-failed`, `file-corrupt`. */
  exportModel: {
    params: NamedModel & { folder: FileSystemDirectoryHandle };
    event: ByteEvent;
    result: null;
  };
}

export type ModelWorker = RpcClient<ModelCalls>;
