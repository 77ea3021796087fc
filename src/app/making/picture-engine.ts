/** What draws: this device, or another machine. One interface, so that nobody above needs to know which. */
import type { MachineKind } from '../../domain/machine.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { UsedExtra } from '../../domain/model/extra.ts';
import type { MachineDifference } from '../../engine/machine-protocol.ts';
import type {
  Backend,
  ExpectedPicture,
  GenerateEvent,
  GenerateParams,
  ImageTimings,
  LoadedModel,
  SourcePicture,
} from '../../engine/protocol.ts';
import type { DrawnBy, ElsewhereEvent } from '../engine/progress.ts';
import type { Maker, Size } from './making-context.ts';

/** A model that is ready, here or there. */
export interface OpenModel extends Pick<
  LoadedModel,
  'id' | 'revision' | 'nativeWidth' | 'nativeHeight' | 'sizeMultiple' | 'canEncode'
> {
  readonly backend: DrawnBy;
}

/** The mask is as large as the file's picture; what comes out is so too. */
export interface Source {
  readonly file: Blob;
  readonly strength: number;
  readonly inpaint?: SourcePicture['inpaint'];
}

export interface Drawing extends Maker {
  /** Picture i has `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
  readonly source?: Source | null;
  readonly morph?: GenerateParams['morph'];
  /** Pixels of the file, cut from the middle of what was drawn. */
  readonly fit?: Size;
}

export type DrawEvent = GenerateEvent | ElsewhereEvent;

/** One picture, with what was really used. */
export interface DrawnPicture {
  readonly image: RgbaImage;
  readonly settings: ImageSettings;
  readonly model: { readonly id: string; readonly revision: string };
  /** Of this device. */
  readonly backend?: Backend;
  /** Of another one. */
  readonly machine?: { readonly kind: MachineKind; readonly name: string };
  readonly differs?: readonly MachineDifference[];
  readonly extras?: readonly UsedExtra[];
  readonly timings: ImageTimings;
  /** That were drawn: image-to-image leaves some out. */
  readonly steps: number;
  readonly imageIndex: number;
  readonly imageCount: number;
}

export interface DrawHooks {
  readonly signal: AbortSignal;
  readonly onEvent: (event: DrawEvent) => void;
  /** Called for each picture, in order. */
  readonly onDrawn: (drawn: DrawnPicture) => void;
}

export interface PictureEngine {
  /** Throws as the engine's `load`, or as `MachineCalls`. */
  readonly open: (
    wanted: Maker & { readonly ready?: ExpectedPicture },
    signal: AbortSignal,
    onEvent: (event: DrawEvent) => void,
  ) => Promise<OpenModel>;
  /**
   * Resolves to what it ended on. Rejects with an `AbortError` once drawing has stopped. Throws as the engine's `generate`, or as `MachineCalls`, and
   * `not-an-image` for a source that cannot be read.
   */
  readonly draw: (drawing: Drawing, opened: OpenModel, hooks: DrawHooks) => Promise<DrawnBy>;
}
