/** Which pictures a film has, which it still needs, and which fit together. */
import type { ImageSettings } from '../diffusion/image-settings.ts';
import {
  inBetweenCount,
  musicPieces,
  type FilmProject,
  type FilmScene,
  type MadePicture,
} from './project.ts';
import { pictureKey, sceneSettings, settingsOfKey, type TrainedSize } from './prompts.ts';

export interface FilmModel extends TrainedSize {
  readonly id: string;
  readonly revision: string;
}

export interface InBetweenSettings {
  readonly from: ImageSettings;
  readonly to: ImageSettings;
  /** 0 … 1: how far from one to the other. */
  readonly amount: number;
}

/** One picture to be made. `key` names what makes it: equal keys make equal pixels. */
export type PictureTask =
  | {
      readonly kind: 'scene';
      readonly sceneId: string;
      readonly settings: ImageSettings;
      readonly key: string;
      /** Once it is made: by which kind of machine, where that was not this device. */
      readonly machine?: string;
    }
  | {
      readonly kind: 'in-between';
      /** The scene before. */
      readonly sceneId: string;
      readonly index: number;
      readonly settings: InBetweenSettings;
      readonly key: string;
    };

/** `stale`: the scene has been changed since its picture was made. */
export type PictureStatus = 'own' | 'missing' | 'stale' | 'ready';

export function pictureStatus(project: FilmProject, scene: FilmScene, model: FilmModel): PictureStatus {
  if (scene.picture === null) return 'missing';
  if (scene.picture.kind === 'own') return 'own';
  return scene.picture.key === pictureKey(model, sceneSettings(project, scene, model)) ? 'ready' : 'stale';
}

/** What is missing or out of date, scenes first. Locked scenes keep the picture they have. */
export function picturesToMake(project: FilmProject, model: FilmModel): PictureTask[] {
  const scenes = project.scenes.filter((scene) => {
    const status = pictureStatus(project, scene, model);
    return status === 'missing' || (status === 'stale' && !scene.locked);
  });
  return [
    ...scenes.map((scene) => sceneTask(project, scene, model)),
    ...project.scenes.flatMap((_, index) => inBetweenTasks(project, index, model)),
  ];
}

function sceneTask(project: FilmProject, scene: FilmScene, model: FilmModel): PictureTask {
  const settings = sceneSettings(project, scene, model);
  return { kind: 'scene', sceneId: scene.id, settings, key: pictureKey(model, settings) };
}

function inBetweenTasks(project: FilmProject, index: number, model: FilmModel): PictureTask[] {
  const scene = project.scenes[index]!;
  return wantedInBetweens(project, index, model)
    .map((settings, place) => {
      const key = inBetweenKey(model, settings);
      return { kind: 'in-between', sceneId: scene.id, index: place, settings, key } as const;
    })
    .filter((task) => scene.inBetweens[task.index]?.key !== task.key);
}

function wantedInBetweens(project: FilmProject, index: number, model: FilmModel): InBetweenSettings[] {
  const count = inBetweenCount(project, index);
  if (count === 0) return [];
  const from = shownSettings(project, project.scenes[index]!, model);
  const to = shownSettings(project, project.scenes[index + 1]!, model);
  return Array.from({ length: count }, (_, i) => ({ from, to, amount: (i + 1) / (count + 1) }));
}

/** What makes the picture that the film will show: a locked scene's may differ from what the scene now asks for. */
function shownSettings(project: FilmProject, scene: FilmScene, model: FilmModel): ImageSettings {
  const kept = scene.locked && scene.picture?.kind === 'made' ? settingsOfKey(scene.picture.key) : null;
  return kept ?? sceneSettings(project, scene, model);
}

const inBetweenKey = (
  model: { readonly id: string; readonly revision: string },
  { from, to, amount }: InBetweenSettings,
) => JSON.stringify([pictureKey(model, from), pictureKey(model, to), amount]);

/** The project with a picture put where its task says; unchanged if the scene is gone. */
export function withPicture(project: FilmProject, task: PictureTask, assetId: string): FilmProject {
  const made: MadePicture = { assetId, key: task.key };
  const put = ({ machine, ...scene }: FilmScene): FilmScene =>
    task.kind === 'scene'
      ? { ...scene, picture: { kind: 'made', ...made }, ...(task.machine && { machine: task.machine }) }
      : {
          ...scene,
          ...(machine && { machine }),
          inBetweens: withEntry(scene.inBetweens, task.index, made),
        };
  return {
    ...project,
    scenes: project.scenes.map((scene) => (scene.id === task.sceneId ? put(scene) : scene)),
  };
}

/** The film with all pictures it still needs that another state of the same film has. */
export function withKnownPictures(project: FilmProject, known: FilmProject, model: FilmModel): FilmProject {
  return picturesToMake(project, model).reduce((film, task) => {
    const scene = known.scenes.find(({ id }) => id === task.sceneId);
    const made = task.kind === 'scene' ? scene?.picture : scene?.inBetweens[task.index];
    const fits = made && 'key' in made && made.key === task.key;
    const by = task.kind === 'scene' && scene?.machine ? { ...task, machine: scene.machine } : task;
    return fits ? withPicture(film, by, made.assetId) : film;
  }, project);
}

/** In-betweens are made in order; a hole before `index` is filled with what will be replaced. */
function withEntry(list: readonly MadePicture[], index: number, made: MadePicture): readonly MadePicture[] {
  return Array.from({ length: Math.max(list.length, index + 1) }, (_, i) =>
    i === index ? made : (list[i] ?? made),
  );
}

/** The pictures between scene `index` and the next, if all are there and belong to the two pictures that are shown; else none. */
export function fittingInBetweens(project: FilmProject, index: number): readonly MadePicture[] {
  const count = inBetweenCount(project, index);
  const [from, to] = [project.scenes[index]?.picture, project.scenes[index + 1]?.picture];
  if (count === 0 || from?.kind !== 'made' || to?.kind !== 'made') return [];
  const wanted = Array.from({ length: count }, (_, i) =>
    JSON.stringify([from.key, to.key, (i + 1) / (count + 1)]),
  );
  const made = project.scenes[index]!.inBetweens.slice(0, count);
  return wanted.every((key, i) => made[i]?.key === key) ? made : [];
}

/** Every picture and sound that the project refers to. */
export function assetIds(project: FilmProject): string[] {
  const pictures = project.scenes.flatMap(({ picture, inBetweens }) => [
    ...(picture ? [picture.assetId] : []),
    ...inBetweens.map(({ assetId }) => assetId),
  ]);
  return [...pictures, ...musicPieces(project).map(({ assetId }) => assetId)];
}
