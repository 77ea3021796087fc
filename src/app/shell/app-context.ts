/** What the page's store and its actions are put together from. */
import type { StoreApi } from '../base/store.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { BackendChoice } from '../../engine/protocol.ts';
import type { EngineFactory } from '../engine/engine-host.ts';
import type { GalleryKeeping } from '../gallery/hooks.ts';
import type { PictureContext, PictureDeps } from '../picture/picture-context.ts';
import type { QueueKeeping } from '../queue/queue-keeping.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import type { AppState } from './app-state.ts';

export interface AppDeps extends PictureDeps {
  /** At least one; the first is the one to begin with. */
  readonly models: readonly ModelEntry[];
  readonly createEngine: EngineFactory;
  readonly backendOverride: BackendChoice | null;
  readonly keeping?: GalleryKeeping;
  /** Without it, the queue lasts as long as the page. */
  readonly queue?: QueueKeeping;
  /** Makes a film that has waited in the queue; without it, none can. */
  readonly runFilm?: (job: FilmJob, tools: QueueTools) => Promise<QueueEnd>;
}

export interface AppContext extends PictureContext {
  readonly deps: AppDeps;
  readonly store: StoreApi<AppState>;
}
