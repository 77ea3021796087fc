/** What the store's actions share: what was given to them, and what must not lie in the store. */
import type { StoreApi } from 'zustand/vanilla';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { RecipeInPng } from '../../domain/recipe/png.ts';
import type { FilmJob, PictureJob } from '../../domain/recipe/queue-job.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { BackendChoice, ImageTimings } from '../../engine/protocol.ts';
import type { AppState, ModelEntry } from './app-state.ts';
import type { EngineFactory, EngineHost } from '../engine/engine-host.ts';
import type { JobHandle, Turns } from '../engine/turns.ts';
import type { Keeping } from '../making/keep-works.ts';
import type { Queue, QueueEnd, QueueTools } from '../queue/queue.ts';
import type { QueueKeeping } from '../queue/queue-keeping.ts';
import type { ModelHold } from '../making/model-lock.ts';
import type { Preview } from '../making/preview.ts';
import type { TextStorage } from './saved.ts';
import type { Message } from '../words/message.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pictures as files; the page's side of it is `storage/image-files.ts`. */
export interface ImageFiles {
  encode(image: RgbaImage, recipe: ImageRecipe): Promise<Blob>;
  /** Throws `not-an-image`. */
  measure(file: Blob): Promise<Size>;
  /** Fills `size`, cropped at the longer sides. Throws `not-an-image`. */
  decode(file: Blob, size: Size): Promise<RgbaImage>;
  /** Null when the file tells nothing of how it was made. */
  readRecipe(file: Blob): Promise<RecipeInPng | null>;
  createUrl(file: Blob): string;
  revokeUrl(url: string): void;
}

/** One finished picture, for measurements from outside (User Timing). `steps` counts model calls. */
export interface PictureMeasure extends ImageTimings {
  readonly steps: number;
}

export interface AppDeps {
  /** At least one; the first is the one to begin with. */
  readonly models: readonly ModelEntry[];
  readonly createEngine: EngineFactory;
  readonly storage: TextStorage;
  readonly images: ImageFiles;
  readonly appName: string;
  readonly backendOverride: BackendChoice | null;
  /** Milliseconds that never run backwards. */
  readonly now: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Keeps the screen awake until the returned function is called. */
  readonly keepAwake: () => () => void;
  readonly onPicture: (measure: PictureMeasure) => void;
  /** Takes a film, or a film project, to the Film screen. Tells by itself what is wrong with it. */
  readonly openFilm?: (file: Blob, name: string) => Promise<void>;
  /** Keeps tabs from loading two large models at once; without it they do not know of each other. */
  readonly hold?: ModelHold;
  /** Without it, what is made lives as long as the page. */
  readonly keeping?: Keeping;
  /** Without it, the waiting line lasts as long as the page. */
  readonly queue?: QueueKeeping;
  /** Makes a film that has waited in the line; without it, none can. */
  readonly runFilm?: (job: FilmJob, tools: QueueTools) => Promise<QueueEnd>;
}

/** What an image-to-image run began from. */
export interface KeptSource {
  readonly file: Blob;
  readonly name: string;
  readonly strength: number;
}

export interface KeptPicture {
  readonly file: Blob;
  readonly source: KeptSource | null;
  /** Its id in the gallery, once it is safe there; null when it could not be kept. */
  readonly work: Promise<string | null>;
}

export interface AppContext {
  readonly deps: AppDeps;
  readonly store: StoreApi<AppState>;
  readonly host: EngineHost;
  readonly jobs: Turns;
  readonly queue: Queue;
  readonly preview: Preview;
  /** By picture id. */
  readonly kept: Map<string, KeptPicture>;
  readonly open: {
    source: Blob | null;
    run: JobHandle<unknown> | null;
    /** What was made last, or is being made: to try it again. */
    lastPicture: { readonly job: PictureJob; readonly source: Blob | null } | null;
    toastActions: Map<number, readonly (() => void)[]>;
    toastEnds: Map<number, () => void>;
    lastId: number;
  };
}

export type ToastAction = { readonly label: Message; run(): void };

/** `onEnd` is called once the toast has gone without one of its actions being taken. */
export function showToast(
  { store, open }: AppContext,
  message: Message,
  actions: readonly ToastAction[] = [],
  onEnd?: () => void,
): void {
  const id = ++open.lastId;
  open.toastActions.set(
    id,
    actions.map((action) => () => action.run()),
  );
  if (onEnd) open.toastEnds.set(id, onEnd);
  const toast = { id, message, actions: actions.map((action) => action.label) };
  store.setState(({ toasts }) => ({ toasts: [...toasts, toast] }));
}
