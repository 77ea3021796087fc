/** Films come and go: from storage at the start, into it at every change, from and to files. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { parseFilmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import { slug } from '../../domain/recipe/file-name.ts';
import { assetIds } from '../../domain/video/pictures.ts';
import { newProject, newScene, type FilmProject, type FilmScene } from '../../domain/video/project.ts';
import { exportProject, importProject } from './storage/film-file.ts';
import { addAsset, showAsset, toast, type FilmContext, type FilmDeps } from './film-context.ts';
import { letGo } from './film-output.ts';
import { filmTitle, type FilmSummary } from './film-state.ts';
import { message, type Message } from '../words/message.ts';
import { currentModel } from '../models/chosen-model.ts';
import { drawSeed } from '../base/random.ts';

/** Short enough that a crash costs no more than the last word. */
const saveAfterMs = 300;

/** Two empty scenes, with what the model's makers recommend. */
export function blankFilm({ app, newId }: Pick<FilmDeps, 'app' | 'newId'>): FilmProject {
  const { steps, guidanceScale, sampler } = currentModel(app.store.getState()).card.defaults;
  const scenes = [newScene(newId()), newScene(newId())];
  return { ...newProject(newId(), drawSeed(app.deps.random), scenes), steps, guidanceScale, sampler };
}

/** Nothing would be lost with it. */
const isBlank = ({ scenes }: FilmProject) =>
  scenes.every(({ prompt, picture }) => prompt.trim() === '' && picture === null);

/** What cannot be read is told; the person then begins with an empty film. */
export async function openLatest(context: FilmContext): Promise<void> {
  const { store, deps } = context;
  try {
    const [latest] = await deps.projects.list();
    if (latest) await show(context, latest.project);
    else await lockShown(context);
    await deps.projects.removeUnused();
  } catch (error) {
    store.setState({ saveProblem: toPlainError(error) });
  }
  store.setState({ opened: true });
}

/** Every change is saved a moment later, and at once when the page is hidden. */
export function saveChanges({ store, deps, open }: FilmContext): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const save = async () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    if (store.getState().elsewhere) return;
    await deps.projects.save(store.getState().project).then(
      () => store.setState({ saveProblem: null }),
      (error: unknown) => store.setState({ saveProblem: toPlainError(error) }),
    );
  };
  store.subscribe((state, before) => {
    if (state.project === before.project || state.project.id !== before.project.id) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void save(), saveAfterMs);
  });
  open.save = save;
  deps.onHide(() => void save());
}

export function filmsActions(context: FilmContext) {
  const { store, deps } = context;

  /** Another film in place of the one that is shown, which stays in storage. */
  const change = async (project: FilmProject, said: Message, isNew: boolean) => {
    await leaveLive(context);
    const { project: before, elsewhere } = store.getState();
    if (!elsewhere) await (isBlank(before) ? deps.projects.remove(before.id) : deps.projects.save(before));
    if (isNew) await deps.projects.save(project);
    await show(context, project);
    const undo = () => void told(context, () => show(context, before));
    toast(context, said, [{ label: message('undo'), run: undo }]);
  };

  const list = async () => {
    const stored = await deps.projects.list();
    const here = store.getState().project.id;
    const others = stored.filter(({ project }) => project.id !== here && !isBlank(project));
    store.setState({ others: others.map(summary) });
  };

  return {
    /** Takes the film from the tab that has it, as that tab has left it. */
    takeHere: () =>
      told(context, async () => {
        const { id } = store.getState().project;
        await context.lock.takeOver(id);
        const stored = (await deps.projects.list()).find(({ project }) => project.id === id);
        if (stored) await show(context, stored.project);
        else store.setState({ elsewhere: false });
      }),
    /** Reads the list of other films anew. */
    listFilms: () => told(context, list),
    openFilm: (id: string) =>
      told(context, async () => {
        const stored = await deps.projects.list();
        const found = stored.find(({ project }) => project.id === id);
        if (!found) throw new AppError('file-not-found', 'This film is no longer in this browser.');
        await change(found.project, message('filmOpened', filmTitle(found.project)), false);
      }),
    /** A new film with one scene for each picture, in this order. */
    filmFromPictures: (pictures: readonly FilmPicture[]) =>
      told(context, async () => {
        const scenes = await Promise.all(pictures.map((picture) => sceneOfPicture(context, picture)));
        await change({ ...blankFilm(deps), scenes }, message('filmOfPictures', pictures.length), true);
      }),
    newFilm: () => told(context, () => change(blankFilm(deps), message('filmNew'), true)),
    deleteFilm: (id: string) =>
      told(context, async () => {
        const stored = (await deps.projects.list()).find(({ project }) => project.id === id);
        if (!stored) return;
        await deps.projects.remove(id);
        store.setState(({ others }) => ({ others: others.filter((other) => other.id !== id) }));
        const undo = () =>
          void told(context, async () => {
            await deps.projects.save(stored.project);
            await list();
          });
        toast(context, message('filmDeleted', filmTitle(stored.project)), [
          { label: message('undo'), run: undo },
        ]);
      }),
    /** The film with all its pictures and sounds, as one file. */
    projectFile: async (): Promise<{ file: Blob; name: string }> => {
      const { project } = store.getState();
      const file = await exportProject(project, deps.projects);
      return { file, name: `${slug(filmTitle(project)) || 'untitled-film'}.zoetrope.zip` };
    },
    /** A project file, or a film that was made here: its storyboard is restored. */
    openFile: (file: Blob, name: string) =>
      told(context, async () => {
        const project = (await isZip(file))
          ? await importProject(file, deps.projects, deps.newId())
          : await projectInFilm(context, file);
        await change(project, message('filmRestored', name, hasPictures(project)), true);
      }),
  };
}

/** A film that is being made goes on in the queue when another takes its place before the person's eyes. */
async function leaveLive({ deps, open }: FilmContext): Promise<void> {
  const { live } = open;
  if (!live) return;
  deps.app.queue.add(live.job);
  live.cancel();
  await live.done;
}

/** A picture that is there already, for a scene of its own. */
export interface FilmPicture {
  readonly file: Blob;
  readonly prompt: string;
  /** Null when the picture does not tell. */
  readonly seed: number | null;
}

async function sceneOfPicture(context: FilmContext, { file, prompt, seed }: FilmPicture): Promise<FilmScene> {
  const assetId = await addAsset(context, file);
  return { ...newScene(context.deps.newId(), prompt), picture: { kind: 'own', assetId }, seed };
}

const hasPictures = (project: FilmProject) => project.scenes.some(({ picture }) => picture !== null);

/** By its first bytes: what a file is called and said to be is often wrong. */
async function isZip(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return [0x50, 0x4b, 0x03, 0x04].every((byte, index) => head[index] === byte);
}

async function projectInFilm(context: FilmContext, file: Blob): Promise<FilmProject> {
  const comment = await context.video().call('readComment', { file });
  if (comment === null) throw new AppError('file-unreadable', 'This film does not tell how it was made.');
  return { ...parseFilmRecipeJson(comment).project, id: context.deps.newId() };
}

async function show(context: FilmContext, project: FilmProject): Promise<void> {
  const { store, deps } = context;
  letGo(context);
  for (const id of assetIds(project)) {
    if (context.assets.has(id)) continue;
    const asset = await deps.projects.asset(id);
    if (asset) showAsset(context, id, asset);
  }
  store.setState({ project, submitted: false, making: { status: 'idle' } });
  await lockShown(context);
}

async function lockShown({ store, lock }: FilmContext): Promise<void> {
  const { id } = store.getState().project;
  const isHere = await lock.take(id);
  // Meanwhile another may be shown, which asks for itself.
  if (store.getState().project.id === id) store.setState({ elsewhere: !isHere });
}

const summary = ({ project, changedAtMs }: { project: FilmProject; changedAtMs: number }): FilmSummary => ({
  id: project.id,
  title: filmTitle(project),
  changedAtMs,
});

/** Failures become a toast: there is no field that they belong to. */
async function told(context: FilmContext, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    toast(context, message('failed', toPlainError(error)));
  }
}
