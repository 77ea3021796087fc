import { AppError } from '../../domain/errors.ts';
import type { ModelComponent, ModelFile } from '../../domain/model/model-file.ts';

/** Where a component's graph lies, and the weights beside it. */
export interface ComponentFiles {
  readonly graph: ModelFile;
  readonly externalData: readonly ModelFile[];
}

export type ComponentTable = Readonly<Partial<Record<ModelComponent, ComponentFiles>>>;

const required: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];

/** Finds the graphs of a folder in the Optimum layout. Throws `model-incomplete`, naming what is missing. */
export function findComponents(files: readonly ModelFile[]): ComponentTable {
  const names: readonly ModelComponent[] = [...required, 'vae_encoder'];
  const found = names.flatMap((name) => {
    const component = findComponent(files, name);
    return component ? [[name, component] as const] : [];
  });
  const table: ComponentTable = Object.fromEntries(found);
  const missing = required.filter((name) => !table[name]);
  if (missing.length > 0)
    throw new AppError('model-incomplete', `The model has no graph for ${missing.join(', ')}.`);
  return table;
}

function findComponent(files: readonly ModelFile[], name: ModelComponent): ComponentFiles | null {
  const inFolder = files.filter(({ path }) => path.startsWith(`${name}/`));
  const graphs = inFolder.filter(({ path }) => path.endsWith('.onnx'));
  const graph = graphs.find(({ path }) => path === `${name}/model.onnx`) ?? graphs[0];
  if (!graph) return null;
  const others = inFolder.filter(({ path }) => !/\.(onnx|json|txt|md)$/.test(path));
  // `model.onnx_data`, `model.onnx.data`; a name of its own (`weights.pb`) only where there is no doubt whose it is.
  const externalData = others.filter(({ path }) => path.startsWith(graph.path) || graphs.length === 1);
  return { graph, externalData };
}

export const componentBytes = ({ graph, externalData }: ComponentFiles): number =>
  externalData.reduce((sum, file) => sum + file.sizeBytes, graph.sizeBytes);
