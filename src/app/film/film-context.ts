/** What the film store's actions share: what was given to them, and what must not lie in the store. */
import type { StoreApi } from '../base/store.ts';
import { AppError, toPlainError } from '../../domain/errors.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { VideoEngine } from '../../engine/video-protocol.ts';
import type { FilmProjects } from './storage/projects.ts';
import type { PreferencesSlice } from '../base/preferences.ts';
import type { Slice } from '../base/slice.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { ImageFiles, MakingContext, MakingDeps, TimingsSlice } from '../making/making-context.ts';
import type { MachinesSlice } from '../machines/machine-state.ts';
import type { ModelsSlice } from '../models/chosen-model.ts';
import type { PictureSlice } from '../picture/picture-state.ts';
import type { Queue } from '../queue/queue.ts';
import type { QueueSlice } from '../queue/queue-state.ts';
import type { FilmLock, FilmTabs } from './film-lock.ts';
import type { FilmState } from './film-state.ts';
import type { JobHandle } from '../engine/turns.ts';
import type { Preview } from '../making/preview.ts';
import type { Message } from '../words/message.ts';
import { showToast, type ToastAction, type ToastSlice } from '../base/toasts.ts';
import type { NewWork } from '../making/new-work.ts';

export type VideoFactory = (onCrash: (error: AppError) => void) => VideoEngine;

/** What the Film screen sees of the page. */
export interface FilmApp extends MakingContext {
  readonly deps: MakingDeps & {
    readonly images: ImageFiles;
    /** 0 ≤ x < 1. */
    readonly random: () => number;
  };
  readonly store: Slice<FilmView>;
  readonly queue: Queue;
}

/** What it sees of the page's store. */
export type FilmView = ModelsSlice &
  MachinesSlice &
  QueueSlice &
  EngineSlice &
  TimingsSlice &
  PreferencesSlice &
  ToastSlice &
  Pick<PictureSlice, 'lists'>;

export interface FilmDeps {
  readonly app: FilmApp;
  readonly projects: FilmProjects;
  readonly createVideo: VideoFactory;
  /** Ids of scenes and films. */
  readonly newId: () => string;
  /** Calls `listener` when the page is hidden, perhaps for good. */
  readonly onHide: (listener: () => void) => void;
  /** Other tabs, one of which may have the film open. */
  readonly tabs: FilmTabs;
  /** Puts a finished film into the gallery. */
  readonly keepWork: (work: NewWork) => Promise<string | null>;
}

export interface FilmContext {
  readonly deps: FilmDeps;
  readonly store: StoreApi<FilmState>;
  /** Pictures and sounds, by asset id. */
  readonly assets: Map<string, Blob>;
  /** The picture in the making. */
  readonly preview: Preview;
  /** Starts the video worker when it is first needed, and a fresh one after a crash. */
  readonly video: () => VideoEngine;
  readonly lock: FilmLock;
  readonly open: {
    making: JobHandle<unknown> | null;
    /** The queue's job that is made in front of the person's eyes. */
    live: { readonly job: FilmJob; readonly cancel: () => void; readonly done: Promise<unknown> } | null;
    exporting: AbortController | null;
    /** Saves what is not saved yet; never rejects. */
    save: () => Promise<void>;
    /** The finished film. */
    file: Blob | null;
    /** Changes when the video worker was lost, and with it the film that it had open. */
    videoRuns: number;
  };
}

export function edit(
  { store }: Pick<FilmContext, 'store'>,
  change: (project: FilmProject) => FilmProject,
): void {
  store.setState(({ project }) => ({ project: change(project) }));
}

export const say = ({ store }: Pick<FilmContext, 'store'>, said: Message) => store.setState({ said });

export const toast = ({ deps }: FilmContext, message: Message, actions: readonly ToastAction[] = []) =>
  showToast(deps.app, message, actions);

/** Keeps a picture or sound, in storage if it can be, and makes it ready to be drawn. */
export async function addAsset(context: FilmContext, file: Blob): Promise<string> {
  const { projects, newId } = context.deps;
  const assetId = await projects.addAsset(file).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    context.store.setState({ saveProblem: toPlainError(error) });
    return newId();
  });
  showAsset(context, assetId, file);
  return assetId;
}

/** Keeps a picture and puts it where it belongs. It is stored before it is seen: who saw it finds it after a reload, whenever that comes. */
export async function addPicture(
  context: FilmContext,
  file: Blob,
  place: (project: FilmProject, assetId: string) => FilmProject,
): Promise<string> {
  const { store, deps } = context;
  const assetId = await addAsset(context, file);
  await deps.projects
    .save(place(store.getState().project, assetId))
    .catch((error: unknown) => store.setState({ saveProblem: toPlainError(error) }));
  edit(context, (project) => place(project, assetId));
  return assetId;
}

export function showAsset({ assets, store, deps }: FilmContext, assetId: string, file: Blob): void {
  assets.set(assetId, file);
  if (!/^(image|audio|video)\//.test(file.type)) return;
  const url = deps.app.deps.images.createUrl(file);
  store.setState(({ urls }) => ({ urls: { ...urls, [assetId]: url } }));
}
