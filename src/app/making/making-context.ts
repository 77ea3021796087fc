/** What making needs. It knows no screen, no queue and no API: they say what is wanted, and where facts and files go. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { FoundRecipe } from '../../domain/recipe/found-recipe.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { BackendChoice } from '../../engine/protocol.ts';
import type { Slice } from '../base/slice.ts';
import type { TextStorage } from '../base/text-storage.ts';
import type { ToastContext, ToastSlice } from '../base/toasts.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { Turns } from '../engine/turns.ts';
import type { MachineAccess } from '../machines/machine-state.ts';
import type { EncodeTimings } from './encode-timings.ts';
import type { Keeping } from './keep-works.ts';
import type { ModelLock } from './model-lock.ts';
import type { Timings } from './timings.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Who makes it. */
export interface Maker {
  readonly model: ModelEntry;
  readonly backend: BackendChoice;
  /** No other machine helps. */
  readonly alone?: boolean;
}

/** What this device has been measured at. */
export interface TimingsSlice {
  readonly timings: Timings;
  readonly encodeTimings: EncodeTimings;
}

/** Pictures as files; the page's side of it is `image-files.ts`. */
export interface ImageFiles {
  encode(image: RgbaImage, recipe: ImageRecipe): Promise<Blob>;
  /** A PNG from rows as they come: it lies whole nowhere before it is a file. */
  pngOfRows(size: Size, recipe: ImageRecipe | null): Promise<PngOfRows>;
  /** Throws `not-an-image`. */
  measure(file: Blob): Promise<Size>;
  /** Fills `size`, cropped at the longer sides. Throws `not-an-image`. */
  decode(file: Blob, size: Size): Promise<RgbaImage>;
  /** Null when the file tells nothing of how it was made. */
  readRecipe(file: Blob): Promise<FoundRecipe | null>;
  createUrl(file: Blob): string;
  revokeUrl(url: string): void;
}

export interface PngOfRows {
  /** The next rows, from the top. They are opaque. */
  add(rows: RgbaImage): void;
  /** Once all rows came. */
  file(): Promise<Blob>;
}

export interface MakingDeps {
  readonly images: Pick<ImageFiles, 'encode' | 'decode' | 'measure' | 'pngOfRows'>;
  readonly storage: TextStorage;
  readonly appName: string;
  /** Milliseconds that never run backwards. */
  readonly now: () => number;
  /** Resolves so many milliseconds later. */
  readonly pause: (forMs: number) => Promise<void>;
  /** Keeps the screen awake until the returned function is called. */
  readonly keepAwake: () => () => void;
  /** Keeps tabs from loading two large models at once; without it they do not know of each other. */
  readonly modelLock?: ModelLock;
  /** Without it, only this device draws. */
  readonly machines?: MachineAccess;
  /** Without it, what is made lives as long as the page. */
  readonly keeping?: Keeping;
}

/** Whether other machines may take a part of the work: what shares it out is fetched then. */
export const isHelped = ({ deps }: Pick<MakingContext, 'deps'>) =>
  (deps.machines?.helpers() ?? []).length > 0;

export interface MakingContext extends ToastContext {
  readonly deps: MakingDeps;
  readonly store: Slice<EngineSlice & TimingsSlice & ToastSlice>;
  readonly host: EngineHost;
  /** One at a time at the engine. */
  readonly turns: Turns;
}
