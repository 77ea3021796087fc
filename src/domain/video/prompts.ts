/** What each picture of a film is asked for. */
import type { ImageSettings } from '../diffusion/image-settings.ts';
import type { FilmProject, FilmScene } from './project.ts';

/**
 * Hero, scene and style as one prompt. The hero comes first, where the text encoder weighs most, unless the scene already holds the hero's
 * words; `{hero}` in the scene says where the hero belongs.
 */
export function scenePrompt(project: Pick<FilmProject, 'hero' | 'style'>, scenePromptText: string): string {
  const [hero, scene, style] = [project.hero, scenePromptText, project.style].map(clean) as [
    string,
    string,
    string,
  ];
  return [withHero(hero, scene), style].filter((part) => part !== '').join(', ');
}

function withHero(hero: string, scene: string): string {
  if (scene.includes('{hero}')) return clean(scene.replaceAll('{hero}', hero));
  const named = scene.toLowerCase().includes(hero.toLowerCase());
  if (hero === '' || named) return scene;
  return scene === '' ? hero : `${hero}, ${scene}`;
}

/** Without what would give `a, , b` when parts are joined. */
const clean = (text: string) =>
  text
    .trim()
    .replace(/^[,\s]+/, '')
    .replace(/[,\s]+$/, '');

/** True if the hero's words really are in every scene's prompt. */
export const heroUsed = (project: Pick<FilmProject, 'hero'>) => clean(project.hero) !== '';

/** The seed of a scene's starting noise. In `per-scene` mode it hangs on the scene's id, so that reordering changes no picture. */
export function sceneSeed(project: Pick<FilmProject, 'seed' | 'seedMode'>, scene: FilmScene): number {
  if (scene.seed !== null) return scene.seed;
  if (project.seedMode === 'common') return project.seed;
  return (project.seed + fnv1a(scene.id)) % (Number.MAX_SAFE_INTEGER + 1);
}

/** 32-bit FNV-1a over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export interface TrainedSize {
  readonly nativeWidth: number;
  readonly nativeHeight: number;
  readonly sizeMultiple: number;
}

/** The film's aspect ratio at about the model's trained area, in sides that the model takes. */
export function pictureSize(film: { width: number; height: number }, model: TrainedSize) {
  const { sizeMultiple, nativeWidth, nativeHeight } = model;
  const scale = Math.sqrt((nativeWidth * nativeHeight) / (film.width * film.height));
  const side = (length: number) => Math.max(1, Math.round((length * scale) / sizeMultiple)) * sizeMultiple;
  return { width: side(film.width), height: side(film.height) };
}

/** All that makes a scene's picture, beside the model. */
export function sceneSettings(project: FilmProject, scene: FilmScene, model: TrainedSize): ImageSettings {
  return {
    prompt: scenePrompt(project, scene.prompt),
    negativePrompt: project.negativePrompt,
    steps: project.steps,
    guidanceScale: project.guidanceScale,
    seed: sceneSeed(project, scene),
    sampler: project.sampler,
    ...(project.speed === 'fast' && { speed: project.speed }),
    ...pictureSize(project, model),
  };
}

/** Names what makes a picture: equal keys make equal pixels. */
export function pictureKey(
  model: { readonly id: string; readonly revision: string },
  settings: ImageSettings,
): string {
  const values = keyedFields.map((field) => settings[field]);
  return JSON.stringify([model.id, model.revision, ...values, ...spedUp(settings)]);
}

/** Said only where it is not the usual, so that keys from before there was a choice stay what they are. */
const spedUp = ({ speed }: Pick<ImageSettings, 'speed'>) => (speed === 'fast' ? [speed] : []);

const keyedFields = [
  'prompt',
  'negativePrompt',
  'steps',
  'guidanceScale',
  'seed',
  'width',
  'height',
  'sampler',
] as const satisfies readonly (keyof ImageSettings)[];

/** The settings that a key names; null for what is no key. */
export function settingsOfKey(key: string): ImageSettings | null {
  try {
    const [, , ...values] = JSON.parse(key) as unknown[];
    const fields = values.length > keyedFields.length ? [...keyedFields, 'speed'] : keyedFields;
    if (values.length !== fields.length) return null;
    return Object.fromEntries(fields.map((field, i) => [field, values[i]])) as unknown as ImageSettings;
  } catch {
    return null;
  }
}
