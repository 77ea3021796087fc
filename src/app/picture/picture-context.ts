/** What the Picture screen's actions share: what was given to them, and what must not lie in the store. */
import type { Extra } from '../../domain/model/extra.ts';
import type { InpaintJob, PictureJob } from '../../domain/recipe/queue-job.ts';
import type { ImageTimings } from '../../engine/protocol.ts';
import type { PreferencesSlice } from '../base/preferences.ts';
import type { Slice } from '../base/slice.ts';
import type { OpenToasts, ToastSlice } from '../base/toasts.ts';
import type { JobHandle } from '../engine/turns.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { ImageFiles, MakingContext, MakingDeps, TimingsSlice } from '../making/making-context.ts';
import type { Preview } from '../making/preview.ts';
import type { MachinesSlice } from '../machines/machine-state.ts';
import type { ModelsSlice } from '../models/chosen-model.ts';
import type { Queue } from '../queue/queue.ts';
import type { QueueSlice } from '../queue/queue-state.ts';
import type { PictureSlice } from './picture-state.ts';

/** One finished picture, for measurements from outside (User Timing). `steps` counts model calls. */
export interface PictureMeasure extends ImageTimings {
  readonly steps: number;
}

export interface PictureDeps extends MakingDeps {
  readonly images: ImageFiles;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly onPicture: (measure: PictureMeasure) => void;
  /** LoRAs and embeddings in this browser. Throws `storage-failed`. */
  readonly extras?: () => Promise<readonly Extra[]>;
  /** Takes a film, or a film project, to the Film screen. Tells by itself what is wrong with it. */
  readonly openFilm?: (file: Blob, name: string) => Promise<void>;
}

/** What an image-to-image run began from. */
export interface KeptSource {
  readonly file: Blob;
  readonly name: string;
  readonly strength: number;
  /** Its id in the gallery, where it is there. */
  readonly from?: string;
  /** Only a part of it was drawn. */
  readonly inpaint?: InpaintJob;
}

export interface KeptPicture {
  readonly file: Blob;
  readonly source: KeptSource | null;
  /** Its id in the gallery, once it is safe there; null when it could not be kept. */
  readonly work: Promise<string | null>;
}

/** What the Picture screen sees of the store. */
export type PictureView = PictureSlice &
  ModelsSlice &
  MachinesSlice &
  QueueSlice &
  EngineSlice &
  TimingsSlice &
  PreferencesSlice &
  ToastSlice;

export interface PictureContext extends MakingContext {
  readonly deps: PictureDeps;
  readonly store: Slice<PictureView>;
  readonly queue: Queue;
  readonly preview: Preview;
  /** By picture id. */
  readonly kept: Map<string, KeptPicture>;
  readonly open: OpenToasts & {
    source: Blob | null;
    /** The file of `editing`. */
    editing: Blob | null;
    run: JobHandle<unknown> | null;
    /** What was made last, or is being made: to try it again. */
    lastPicture: { readonly job: PictureJob; readonly source: Blob | null } | null;
  };
}
