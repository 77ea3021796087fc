/** A component's weights among a model's files, whichever way they are laid out. */
import { AppError } from '../../domain/errors.ts';
import { parseLooseJson } from '../../domain/loose-json.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import { readCheckpoint, type Network } from '../../domain/weights/checkpoint.ts';
import { joinWeights, openWeights } from '../../domain/weights/weight-file.ts';
import { sourceOf } from '../weights/byte-sources.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import type { GraphReading } from './graph-source.ts';
import { weightFilesOf, weightFolders } from './weight-files.ts';

/**
 * Tensors to be read one by one, and the configuration: what the files say of it, over what the tensors' shapes tell. Throws
 * `model-incomplete`, `model-unsupported`, `file-corrupt`, and as `ModelFiles`.
 */
export async function openNetwork(
  files: ModelFiles,
  component: ModelComponent,
  { onBytes, signal }: GraphReading,
): Promise<Network> {
  const found = weightFilesOf(files.list(), component);
  const opened = await Promise.all(
    found.map(({ path }) => openWeights(sourceOf(files, path, onBytes, signal))),
  );
  const names = found.map(({ path }) => path).join(', ');
  const network =
    found.length > 0 ? (await readCheckpoint(joinWeights(opened), names))[weightFolders[component]] : null;
  if (!network) throw new AppError('model-incomplete', `The model has no weights of its ${component}.`);
  return { ...network, config: { ...network.config, ...(await readConfig(files, component)) } };
}

/** Encoder and decoder of a VAE share theirs, which lies where a decoder's graph would. */
async function readConfig(files: ModelFiles, component: ModelComponent) {
  const path = `${component === 'vae_encoder' ? 'vae_decoder' : component}/config.json`;
  if (!files.list().some((file) => file.path === path)) return {};
  return parseLooseJson(await files.readText(path)) ?? {};
}
