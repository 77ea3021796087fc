/** A film project as one file: a zip with `film.json` and the pictures and sounds that it refers to. */
import { AppError } from '../../../domain/errors.ts';
import { parseProject } from '../../../domain/recipe/film-recipe.ts';
import { assetIds } from '../../../domain/video/pictures.ts';
import { musicPieces, withMusic, type FilmProject } from '../../../domain/video/project.ts';
import type { FilmProjects } from './projects.ts';
import { openZip, zipStream, type ZipFile, type ZipSource } from '../../base/storage/zip.ts';

const projectName = 'film.json';
const assetFolder = 'assets/';

export async function exportProject(project: FilmProject, projects: FilmProjects): Promise<Blob> {
  const stream = zipStream(sources(project, projects));
  return new Response(stream, { headers: { 'Content-Type': 'application/zip' } }).blob();
}

async function* sources(project: FilmProject, projects: FilmProjects): AsyncGenerator<ZipSource, void> {
  const assets: { id: string; mediaType: string }[] = [];
  for (const id of new Set(assetIds(project))) {
    const data = await projects.asset(id);
    if (!data) continue;
    assets.push({ id, mediaType: data.type });
    yield { name: assetFolder + id, data };
  }
  yield { name: projectName, data: new Blob([JSON.stringify({ project, assets })]) };
}

/**
 * The film of a project file under the new id, its assets stored here under new ids. A picture that the file lacks is left out.
 * Throws `file-corrupt`, `file-unreadable`, `storage-full`, `storage-failed`.
 */
export async function importProject(file: Blob, projects: FilmProjects, newId: string): Promise<FilmProject> {
  const zip = await openZip(file);
  const { project, assets } = await readManifest(zip);
  const ids = new Map<string, string>();
  for (const { id, mediaType } of assets) {
    const bytes = await zip.read(assetFolder + id);
    ids.set(id, await projects.addAsset(new Blob([bytes], { type: mediaType })));
  }
  return { ...renamed(project, ids), id: newId };
}

async function readManifest(zip: ZipFile) {
  if (!zip.names.includes(projectName)) throw new AppError('file-corrupt', 'This is no film project.');
  const data = parseJson(new TextDecoder().decode(await zip.read(projectName)));
  const { project, assets } = data as { project?: unknown; assets?: unknown };
  return { project: parseProject(project), assets: readAssets(assets, zip) };
}

function parseJson(json: string): object {
  try {
    return Object(JSON.parse(json)) as object;
  } catch (cause) {
    throw new AppError('file-corrupt', 'The film project is damaged.', { cause });
  }
}

function readAssets(assets: unknown, zip: ZipFile): { id: string; mediaType: string }[] {
  if (!Array.isArray(assets)) return [];
  return assets.filter(isAssetEntry).filter(({ id }) => zip.names.includes(assetFolder + id));
}

const isAssetEntry = (entry: unknown): entry is { id: string; mediaType: string } =>
  typeof entry === 'object' &&
  entry !== null &&
  typeof (entry as { id?: unknown }).id === 'string' &&
  typeof (entry as { mediaType?: unknown }).mediaType === 'string';

function renamed(project: FilmProject, ids: ReadonlyMap<string, string>): FilmProject {
  const scenes = project.scenes.map((scene) => {
    const assetId = scene.picture && ids.get(scene.picture.assetId);
    return {
      ...scene,
      picture: scene.picture && assetId ? { ...scene.picture, assetId } : null,
      inBetweens: scene.inBetweens.flatMap((made) => {
        const id = ids.get(made.assetId);
        return id === undefined ? [] : [{ ...made, assetId: id }];
      }),
    };
  });
  const pieces = musicPieces(project).flatMap((piece) => {
    const assetId = ids.get(piece.assetId);
    return assetId === undefined ? [] : [{ ...piece, assetId }];
  });
  return withMusic({ ...project, scenes }, pieces);
}
