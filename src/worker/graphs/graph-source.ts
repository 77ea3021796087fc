/** Where the graphs of a model come from. */
import { AppError } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model.ts';
import { componentBytes, type ComponentTable } from './components.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import type { ModelFiles } from '../weights/model-files.ts';

/** What of a runtime decides how a graph is made. */
export type GraphTarget = Pick<Runtime, 'backend' | 'float16'>;

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

/** ONNX files as they are, whatever the need. */
export function fileGraphs(files: ModelFiles, components: ComponentTable): GraphSource {
  return {
    sizeBytes: (component) => {
      const found = components[component];
      return found ? componentBytes(found) : 0;
    },
    keyOf: () => '',
    read: async ({ component }, _target, { onBytes, signal }) => {
      const found = components[component];
      if (!found) throw new AppError('model-incomplete', `The model has no ${component}.`);
      const { graph, externalData } = found;
      const model = await files.readBytes(graph.path, onBytes, signal);
      const folder = graph.path.slice(0, graph.path.lastIndexOf('/') + 1);
      const data = [];
      for (const { path } of externalData)
        data.push({ path: path.slice(folder.length), data: await files.readBytes(path, onBytes, signal) });
      return { model, externalData: data };
    },
    letGo: ({ model, externalData }) => {
      for (const bytes of [model, ...externalData.map(({ data }) => data)]) files.letGo?.(bytes);
    },
  };
}
