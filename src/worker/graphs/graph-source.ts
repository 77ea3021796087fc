/** Where the graphs of a model come from. */
import { AppError } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Graph, GraphTarget } from '../runtime/runtime.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import { componentBytes, type ComponentFiles, type ComponentTable } from './components.ts';
import { preparedGraph } from './prepare-graph.ts';

export interface GraphReading {
  /** Told how many bytes came since it was last called. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export interface GraphSource {
  /** Bytes that `read` reads; 0 where the model lacks the component. */
  sizeBytes(component: ModelComponent): number;
  /** Needs of one component with the same key are met by the same session. */
  keyOf(need: SessionNeed, target: GraphTarget): string;
  /** Throws `model-incomplete` without the component, `model-unsupported`, and as `ModelFiles`. */
  read(need: SessionNeed, target: GraphTarget, reading: GraphReading): Promise<Graph>;
  /** The graph became a session: its memory can go. */
  letGo(graph: Graph): void;
}

/** Weights of more than this leave no room for two passes at once on WASM. */
const batchBytes = 256 * 2 ** 20;

/** ONNX files, with their shapes fixed for each need. */
export function fileGraphs(files: ModelFiles, components: ComponentTable): GraphSource {
  const sizeBytes = (component: ModelComponent) => {
    const found = components[component];
    return found ? componentBytes(found) : 0;
  };
  /** Of graphs that fix their shapes themselves: one session does all that they can. */
  const oneShape = new Map<ModelComponent, string>();
  const readFrom = new WeakMap<Graph, readonly Uint8Array[]>();

  const shapeFor = ({ component, shape }: SessionNeed, { backend }: GraphTarget) =>
    backend === 'wasm' && sizeBytes(component) > batchBytes ? { ...shape, batch: 1 } : shape;

  const keyOf = (need: SessionNeed, target: GraphTarget) => {
    const { batch, height, width, tokens } = shapeFor(need, target);
    return oneShape.get(need.component) ?? [batch, height, width, tokens].join('×');
  };

  return {
    sizeBytes,
    keyOf,
    read: async (need, target, reading) => {
      const { component } = need;
      const filed = await readFiles(files, found(components, component), reading);
      const prepared = preparedGraph(filed, shapeFor(need, target), target);
      if (prepared.hasOneShape) oneShape.set(component, keyOf(need, target));
      readFrom.set(prepared, [filed.model, ...filed.externalData.map(({ data }) => data)]);
      return prepared;
    },
    letGo: (graph) => {
      for (const bytes of readFrom.get(graph) ?? []) files.letGo?.(bytes);
    },
  };
}

async function readFiles(
  files: ModelFiles,
  { graph, externalData }: ComponentFiles,
  { onBytes, signal }: GraphReading,
): Promise<Graph> {
  const model = await files.readBytes(graph.path, onBytes, signal);
  const folder = graph.path.slice(0, graph.path.lastIndexOf('/') + 1);
  const data = [];
  for (const { path } of externalData)
    data.push({ path: path.slice(folder.length), data: await files.readBytes(path, onBytes, signal) });
  return { model, externalData: data };
}

function found(components: ComponentTable, component: ModelComponent): ComponentFiles {
  const files = components[component];
  if (!files) throw new AppError('model-incomplete', `The model has no ${component}.`);
  return files;
}
