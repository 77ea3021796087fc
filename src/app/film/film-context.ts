/** What the film store's actions share: what was given to them, and what must not lie in the store. */
import type { StoreApi } from 'zustand/vanilla';
import { AppError, toPlainError } from '../../domain/errors.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import { fittingInBetweens } from '../../domain/video/pictures.ts';
import { filmShape, type FilmProject } from '../../domain/video/project.ts';
import type { FilmSource, VideoEngine } from '../../engine/video-protocol.ts';
import type { NewWork } from '../gallery/storage/gallery.ts';
import type { FilmProjects } from './storage/projects.ts';
import { showToast, type AppContext, type ToastAction } from '../shell/app-context.ts';
import type { FilmHold, FilmTabs } from './film-lock.ts';
import type { FilmState } from './film-state.ts';
import type { JobHandle } from '../engine/turns.ts';
import type { Preview } from '../making/preview.ts';
import type { Message } from '../words/message.ts';

export type VideoFactory = (onCrash: (error: AppError) => void) => VideoEngine;

export interface FilmDeps {
  readonly app: AppContext;
  readonly projects: FilmProjects;
  readonly createVideo: VideoFactory;
  /** Ids of scenes and films. */
  readonly newId: () => string;
  /** Calls `listener` when the page is hidden, perhaps for good. */
  readonly onHide: (listener: () => void) => void;
  /** Other tabs, one of which may have the film open. */
  readonly tabs: FilmTabs;
  /** Resolves so many milliseconds later. */
  readonly pause: (forMs: number) => Promise<void>;
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
  readonly hold: FilmHold;
  readonly open: {
    making: JobHandle<unknown> | null;
    /** The line's job that is made in front of the person's eyes. */
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

/** All that the video worker needs to draw the film; in-between pictures that do not belong to what is shown are left out. */
export function filmSource(project: FilmProject, assets: ReadonlyMap<string, Blob>): FilmSource {
  const source = (id: string | undefined) => {
    const blob = id === undefined ? undefined : assets.get(id);
    return id !== undefined && blob ? { id, blob } : null;
  };
  const inBetweens = project.scenes.map((_, index) => {
    const sources = fittingInBetweens(project, index).map(({ assetId }) => source(assetId));
    return sources.every((each) => each !== null) ? sources : [];
  });
  const shape = filmShape(project);
  const transitions = shape.transitions.map((transition, index) => ({
    ...transition,
    inBetweens: inBetweens[index]!.length,
  }));
  return {
    shape: { ...shape, transitions },
    width: project.width,
    height: project.height,
    scenes: project.scenes.map(({ picture }) => source(picture?.assetId)),
    inBetweens,
  };
}
