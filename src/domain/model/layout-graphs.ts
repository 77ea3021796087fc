import type { LayoutFile, SourceFile, ModelComponent } from './model-file.ts';
import { precisionOf, type Precision } from './precision.ts';

/** One ONNX graph of a component with the files that may hold its weights. */
export interface Graph {
  readonly component: ModelComponent;
  readonly precision: Precision;
  readonly files: readonly LayoutFile[];
}

/** Weights of other frameworks, which lie beside graphs but are none of theirs. */
const foreign =
  /(?:\.(?:safetensors|msgpack|h5|ckpt|xml|json|txt|md|py|png|jpe?g)|(?:^|\/)(?:diffusion_)?pytorch_model[^/]*|(?:^|\/)openvino_[^/]*)$/i;

/** The graphs of one component, the best-named of each precision first. `prefix` is empty or ends with `/`. */
export function graphsOf(
  files: readonly SourceFile[],
  prefix: string,
  component: ModelComponent,
): readonly Graph[] {
  const inside = files.filter((file) => file.path.startsWith(`${prefix}${component}/`));
  const graphs = inside.filter((file) => file.path.endsWith('.onnx')).sort(byPlainness);
  return graphs.map((source) => ({
    component,
    precision: precisionOf(source.path),
    files: [
      { path: `${component}/model.onnx`, source },
      ...dataFiles(inside, source, graphs).map((data) => ({
        // The graph names its data relative to itself, so that name has to stay.
        path: `${component}/${data.path.slice(folderOf(source.path).length)}`,
        source: data,
      })),
    ],
  }));
}

/** `model.onnx` before `model_fp16.onnx` before `something_else.onnx`, and what lies higher first. */
function byPlainness(a: SourceFile, b: SourceFile): number {
  const rank = ({ path }: SourceFile) => path.split('/').length * 10 + (/\/model[^/]*$/.test(path) ? 0 : 1);
  return rank(a) - rank(b) || a.path.length - b.path.length || (a.path < b.path ? -1 : 1);
}

/**
 * Files that may hold a graph's external data. A lone graph can own anything beside it (`weights.pb`, one file for each tensor); where
 * several lie side by side, names decide: `model_fp16.onnx_data` belongs to `model_fp16.onnx`. The graph itself tells in the end.
 */
function dataFiles(
  inside: readonly SourceFile[],
  graph: SourceFile,
  graphs: readonly SourceFile[],
): readonly SourceFile[] {
  const folder = folderOf(graph.path);
  const beside = inside.filter(
    ({ path }) => path.startsWith(folder) && !path.endsWith('.onnx') && !foreign.test(path),
  );
  const neighbours = graphs.filter(({ path }) => folderOf(path) === folder);
  if (neighbours.length === 1) return beside;
  return beside.filter(({ path }) => owner(path, neighbours) === graph);
}

/** The graph whose name the file's name begins with; of several, the longest. */
function owner(path: string, graphs: readonly SourceFile[]): SourceFile | undefined {
  const stem = (graph: SourceFile) => graph.path.replace(/\.onnx$/, '');
  return graphs
    .filter((graph) => path.startsWith(`${stem(graph)}.`) || path.startsWith(`${stem(graph)}_data`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
