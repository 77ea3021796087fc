/** A finished film as the gallery keeps it. */
import { requirePlan } from '../../domain/video/check-film.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { ExportedFilm } from '../../engine/video-protocol.ts';
import type { NewWork } from './new-work.ts';

/** Null for single frames in a zip, which are no film to look at, and where there is no first picture to show it by. */
export function filmWork(
  project: FilmProject,
  assets: ReadonlyMap<string, Blob>,
  { file, width, height }: Pick<ExportedFilm, 'file' | 'width' | 'height'>,
  recipeJson: string,
): NewWork | null {
  const picture = project.scenes[0]?.picture;
  const preview = picture ? assets.get(picture.assetId) : undefined;
  if (file.type === 'application/zip' || !preview) return null;
  return {
    kind: 'film',
    text: project.scenes.map(({ prompt }) => prompt).join('\n'),
    recipe: JSON.parse(recipeJson) as unknown,
    width,
    height,
    durationSec: requirePlan(project).totalDurationSec,
    file,
    preview,
  };
}
