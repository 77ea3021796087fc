/** All that the page draws. Plain data: workers, controllers, blobs and bitmaps live in closures (`app-context.ts`). */
import type { PlainError } from '../../domain/errors.ts';
import type { ModelCard, ModelRef } from '../../domain/model/model.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageSettings } from '../../domain/recipe/settings.ts';
import type { BackendChoice, EngineNotice, LoadedModel, TokenCount } from '../../engine/protocol.ts';
import type { Draft } from '../picture/draft.ts';
import type { QueueState } from '../queue/queue-state.ts';
import type { Timings } from '../making/timings.ts';
import type { Preferences } from '../base/preferences.ts';
import type { Phase, RunProgress } from '../engine/progress.ts';
import type { Message } from '../words/message.ts';

export interface ModelEntry {
  readonly ref: ModelRef;
  readonly card: ModelCard;
}

export type EngineState =
  | { readonly status: 'asleep' }
  | { readonly status: 'loading'; readonly now: Phase }
  | { readonly status: 'ready'; readonly model: LoadedModel }
  | { readonly status: 'failed'; readonly error: PlainError };

export type RunState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly settings: ImageSettings;
      readonly progress: RunProgress;
      /** By the clock of the store; null until this device has been measured. */
      readonly expectedEndMs: number | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'done'; readonly pictureIds: readonly string[]; readonly seconds: number }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: PlainError; readonly settings: ImageSettings };

export interface Picture {
  readonly id: string;
  /** Object URL of the PNG, which carries its recipe. */
  readonly url: string;
  readonly recipe: ImageRecipe;
  readonly seconds: number;
}

/** What the large frame shows: the picture in the making (or nothing yet), or one that was made. */
export type View = { readonly kind: 'live' } | { readonly kind: 'picture'; readonly id: string };

/** Image-to-image begins from this. */
export interface SourcePicture {
  readonly url: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface Toast {
  readonly id: number;
  readonly message: Message;
  /** Labels of what can be done about it; `actions.runToastAction` does it. */
  readonly actions: readonly Message[];
}

export interface AppState {
  readonly models: readonly ModelEntry[];
  readonly modelId: string;
  readonly draft: Draft;
  /** The person pressed Generate on this draft: from now on an empty prompt is told. */
  readonly submitted: boolean;
  readonly tokens: TokenCount | null;
  readonly source: SourcePicture | null;
  /** The name of a file that is no picture; null when there was none. */
  readonly sourceProblem: string | null;
  readonly preferences: Preferences;
  /** From the address; outranks the preference. */
  readonly backendOverride: BackendChoice | null;
  readonly engine: EngineState;
  readonly run: RunState;
  /** Newest first. */
  readonly pictures: readonly Picture[];
  readonly view: View;
  readonly notices: readonly EngineNotice[];
  readonly toasts: readonly Toast[];
  readonly timings: Timings;
  /** What the person has asked for and what waits to be made. */
  readonly queue: QueueState;
  /** Open or not; `wanted` is a model's id to look for. */
  readonly modelsSheet: { readonly wanted: string | null } | null;
}

export function currentModel({ models, modelId }: Pick<AppState, 'models' | 'modelId'>): ModelEntry {
  return models.find((model) => model.ref.id === modelId) ?? models[0]!;
}

export const currentBackend = ({
  backendOverride,
  preferences,
}: Pick<AppState, 'backendOverride' | 'preferences'>): BackendChoice =>
  backendOverride ?? preferences.backend;

/** Null while the frame shows the picture in the making. */
export function shownPicture({ view, pictures }: Pick<AppState, 'view' | 'pictures'>): Picture | null {
  return view.kind === 'live' ? null : (pictures.find((picture) => picture.id === view.id) ?? null);
}

/** Pixels; the model's own files know better than its card. */
export function sizeRules(state: Pick<AppState, 'models' | 'modelId' | 'engine'>) {
  const { card, ref } = currentModel(state);
  const { width: nativeWidth, height: nativeHeight } = card.defaults;
  const { engine } = state;
  if (engine.status === 'ready' && engine.model.id === ref.id) return engine.model;
  return { sizeMultiple: card.sizeMultiple, nativeWidth, nativeHeight };
}
