/** What a person does to the storyboard. */
import { AppError } from '../../domain/errors.ts';
import {
  changeScene,
  duplicateScene,
  insertScenes,
  moveScene,
  promptsFromList,
  removeScene,
} from '../../domain/video/edit.ts';
import {
  musicPieces,
  newScene,
  withMusic,
  type FilmMusic,
  type FilmProject,
  type FilmScene,
} from '../../domain/video/project.ts';
import { addAsset, addPicture, edit, say, toast, type FilmContext } from './film-context.ts';
import { message } from '../words/message.ts';
import { drawSeed } from '../base/random.ts';

export function storyboardActions(context: FilmContext) {
  const { store, deps } = context;
  const { random, images } = deps.app.deps;
  const sceneNumber = (id: string) =>
    store.getState().project.scenes.findIndex((scene) => scene.id === id) + 1;
  const change = (id: string, changed: Partial<FilmScene>) =>
    edit(context, (project) => changeScene(project, id, changed));
  const scenesOf = (prompts: readonly string[]) => prompts.map((prompt) => newScene(deps.newId(), prompt));

  return {
    /** Settings of the whole film. */
    changeFilm: (changed: Partial<FilmProject>) => edit(context, (project) => ({ ...project, ...changed })),
    changeScene: change,
    rollFilmSeed: () => edit(context, (project) => ({ ...project, seed: drawSeed(random) })),
    /** A new empty scene after the one with this id, or at the end. Returns its id. */
    addScene: (afterId?: string): string => {
      const scene = newScene(deps.newId());
      edit(context, (project) => {
        const index = project.scenes.findIndex(({ id }) => id === afterId);
        return insertScenes(project, index < 0 ? project.scenes.length : index + 1, [scene]);
      });
      say(context, message('sceneAdded', sceneNumber(scene.id)));
      return scene.id;
    },
    duplicate: (id: string) => {
      edit(context, (project) => duplicateScene(project, id, deps.newId()));
      say(context, message('sceneDuplicated', sceneNumber(id)));
    },
    remove: (id: string) => {
      const { scenes } = store.getState().project;
      const index = scenes.findIndex((scene) => scene.id === id);
      const scene = scenes[index];
      if (!scene) return;
      edit(context, (project) => removeScene(project, id));
      const undo = () => edit(context, (project) => insertScenes(project, index, [scene]));
      toast(context, message('sceneDeleted', index + 1), [{ label: message('undo'), run: undo }]);
    },
    move: (id: string, to: number) => {
      const from = sceneNumber(id);
      edit(context, (project) => moveScene(project, id, to));
      const count = store.getState().project.scenes.length;
      say(context, message('sceneMoved', from, sceneNumber(id), count));
    },
    /** One scene for each line, in place of those that are still empty. Returns how many. */
    addList: (text: string): number => {
      const scenes = scenesOf(promptsFromList(text));
      if (scenes.length > 0) edit(context, (project) => withList(project, scenes));
      say(context, message('scenesAdded', scenes.length));
      return scenes.length;
    },
    /** The person's own file instead of a generated picture. Throws `not-an-image`. */
    chooseOwnPicture: async (id: string, file: Blob): Promise<void> => {
      await images.measure(file);
      await addPicture(context, file, (project, assetId) =>
        changeScene(project, id, { picture: { kind: 'own', assetId } }),
      );
    },
    removePicture: (id: string) => change(id, { picture: null, locked: false }),
    /** Any audio file; whether it can be read is known only when the film is written. */
    chooseMusic: (file: File): Promise<void> => addMusic(context, file, []),
    /** After what is there. */
    addMusic: (file: File): Promise<void> => addMusic(context, file, musicPieces(store.getState().project)),
    removeMusic: (index: number) => {
      const pieces = musicPieces(store.getState().project);
      const piece = pieces[index];
      if (!piece) return;
      edit(context, (project) => withMusic(project, pieces.toSpliced(index, 1)));
      forgetMusicTrouble(context);
      const undo = () =>
        edit(context, (project) => withMusic(project, musicPieces(project).toSpliced(index, 0, piece)));
      toast(context, message('musicRemoved', piece.name), [{ label: message('undo'), run: undo }]);
    },
    moveMusic: (index: number, to: number) => {
      const pieces = musicPieces(store.getState().project);
      const piece = pieces[index];
      if (!piece || to < 0 || to >= pieces.length) return;
      edit(context, (project) => withMusic(project, pieces.toSpliced(index, 1).toSpliced(to, 0, piece)));
      say(context, message('musicMoved', piece.name, to + 1, pieces.length));
    },
    changeMusic: (index: number, changed: Partial<FilmMusic>) =>
      edit(context, (project) =>
        withMusic(
          project,
          musicPieces(project).map((piece, at) => (at === index ? { ...piece, ...changed } : piece)),
        ),
      ),
  };
}

async function addMusic(context: FilmContext, file: File, before: readonly FilmMusic[]): Promise<void> {
  if (!/^(audio|video)\//.test(file.type)) {
    throw new AppError('audio-unreadable', `“${file.name}” is not an audio file.`, { field: 'music' });
  }
  const assetId = await addAsset(context, file);
  const piece = { assetId, name: file.name, volumePercent: 100, startSec: 0 };
  edit(context, (project) => withMusic(project, [...before, piece]));
  forgetMusicTrouble(context);
}

/** What was wrong with the last piece of music says nothing about this one. */
function forgetMusicTrouble({ store }: FilmContext): void {
  const { output } = store.getState();
  if (output.status === 'failed' && output.error.field === 'music')
    store.setState({ output: { status: 'none' } });
}

function withList(project: FilmProject, scenes: readonly FilmScene[]): FilmProject {
  const kept = project.scenes.filter(({ prompt, picture }) => prompt.trim() !== '' || picture !== null);
  return { ...project, scenes: [...kept, ...scenes] };
}
