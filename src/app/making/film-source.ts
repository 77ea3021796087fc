import { fittingInBetweens } from '../../domain/video/pictures.ts';
import { filmShape, type FilmProject } from '../../domain/video/project.ts';
import type { FilmSource } from '../../engine/video-protocol.ts';

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
    fitting: project.fitting,
    scenes: project.scenes.map(({ picture }) => source(picture?.assetId)),
    inBetweens,
  };
}
