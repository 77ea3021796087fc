/**
 * A repository's file list → the pipelines in it. Names and sizes only, nothing is read: the same rules serve the hub and a folder on
 * disk. The layout is that of Hugging Face Optimum (`unet/model.onnx`, `tokenizer/vocab.json` …), at the top or in folders, with the
 * precisions of transformers.js side by side (`unet/model_fp16.onnx`, `unet/model_q4f16.onnx`); or that of diffusers, weights without
 * graphs (`layout-weights.ts`), of which the app compiles its own.
 */
import { graphsOf, type Graph } from './layout-graphs.ts';
import { weightsOf, type WeightFolder, type WeightSet } from './layout-weights.ts';
import type { LayoutFile, ModelComponent, SourceFile } from './model-file.ts';
import { otherFamilyOfFolders } from './other-family.ts';
import type { OtherFamily } from '../weights/other-families.ts';
import { bestPrecision, type Precision } from './precision.ts';

/** ONNX graphs, or weights of which the app compiles graphs. */
export type ModelForm = 'graphs' | 'weights';

export interface PipelineLayout {
  readonly folder: string;
  readonly form: ModelForm;
  /** Null when the UNet comes in one unnamed precision only, so that there is nothing to choose. */
  readonly precision: Precision | null;
  readonly files: readonly LayoutFile[];
  /** Precision of each component's graph, as its name tells. A component that is not a key is not there. */
  readonly graphs: Readonly<Partial<Record<ModelComponent, Precision>>>;
  readonly totalBytes: number;
}

export type MissingPart = 'text_encoder' | 'unet' | 'vae_decoder' | 'tokenizer' | 'configuration';

export type RepositoryLayout =
  | { readonly kind: 'pipelines'; readonly pipelines: readonly PipelineLayout[] }
  | { readonly kind: 'incomplete'; readonly folder: string; readonly missing: readonly MissingPart[] }
  /** The pipeline is there, but its weights are not ONNX graphs. */
  | { readonly kind: 'other-format'; readonly folder: string }
  | { readonly kind: 'other-family'; readonly folder: string; readonly family: OtherFamily }
  | { readonly kind: 'nothing' };

export const components: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder', 'vae_encoder'];
const componentPattern =
  /^(?:(.*)\/)?(?:text_encoder|unet|vae_decoder|vae_encoder|vae|transformer|movq|vqgan)\/[^/]/;

/** Every pipeline in the list; or, when there is none, what comes nearest and why it is none. `folder` narrows the search. */
export function readLayout(files: readonly SourceFile[], folder = ''): RepositoryLayout {
  const folders = pipelineFolders(files).filter(
    (candidate) => folder === '' || candidate === folder || candidate.startsWith(`${folder}/`),
  );
  const found = folders.map((candidate) => readFolder(files, candidate));
  const pipelines = found.flatMap((result) => (result.kind === 'pipelines' ? result.pipelines : []));
  if (pipelines.length > 0) return { kind: 'pipelines', pipelines };
  return found.sort((a, b) => nearness(b) - nearness(a))[0] ?? { kind: 'nothing' };
}

function pipelineFolders(files: readonly SourceFile[]): readonly string[] {
  const folders = files.flatMap(({ path }) => {
    const match = componentPattern.exec(path);
    return match ? [match[1] ?? ''] : [];
  });
  return [...new Set(folders)].sort();
}

/** A refusal that names the family says most; then whichever lacks least. */
function nearness(layout: RepositoryLayout): number {
  switch (layout.kind) {
    case 'pipelines':
      return 9;
    case 'other-family':
      return 8;
    case 'incomplete':
      return 4 - layout.missing.length;
    case 'other-format':
      return 3.5;
    case 'nothing':
      return -1;
  }
}

function readFolder(files: readonly SourceFile[], folder: string): RepositoryLayout {
  const prefix = folder && `${folder}/`;
  const inside = files.filter((file) => file.path.startsWith(prefix));
  const names = new Set(inside.map((file) => file.path.slice(prefix.length).split('/', 1)[0] ?? ''));
  const family = otherFamilyOfFolders(names);
  if (family) return { kind: 'other-family', folder, family };

  const shared = sharedFiles(files, folder);
  const graphs = new Map(components.map((component) => [component, graphsOf(inside, prefix, component)]));
  const ofGraphs = [...graphs.values()].some((list) => list.length > 0)
    ? orMissing(
        folder,
        missingParts((component) => !graphs.get(component)?.length, shared),
        () => pipelinesOf(folder, graphs, shared),
      )
    : null;
  if (ofGraphs?.kind === 'pipelines') return ofGraphs;
  const weights = readWeights(inside, prefix, folder, shared);
  if (!ofGraphs || weights.kind === 'pipelines') return weights;
  return ofGraphs;
}

function orMissing(
  folder: string,
  missing: readonly MissingPart[],
  pipelines: () => readonly PipelineLayout[],
): RepositoryLayout {
  if (missing.length > 0) return { kind: 'incomplete', folder, missing };
  return { kind: 'pipelines', pipelines: pipelines() };
}

const needed = ['text_encoder', 'unet', 'vae_decoder'] as const;

function missingParts(
  lacks: (component: (typeof needed)[number]) => boolean,
  shared: readonly LayoutFile[],
): readonly MissingPart[] {
  const has = (path: string) => shared.some((file) => file.path === path);
  const tokenizer =
    has('tokenizer/tokenizer.json') || (has('tokenizer/vocab.json') && has('tokenizer/merges.txt'));
  const missing: MissingPart[] = needed.filter(lacks);
  return tokenizer ? missing : [...missing, 'tokenizer'];
}

const weightFolders = { text_encoder: 'text_encoder', unet: 'unet', vae_decoder: 'vae' } as const;

/** Weights say nothing of how they are put together: without their configurations they are not enough. */
function readWeights(
  inside: readonly SourceFile[],
  prefix: string,
  folder: string,
  shared: readonly LayoutFile[],
): RepositoryLayout {
  const sets = new Map<WeightFolder, WeightSet>();
  for (const place of Object.values(weightFolders)) {
    const set = weightsOf(inside, prefix, place);
    if (set) sets.set(place, set);
  }
  if (sets.size === 0) return { kind: 'other-format', folder };
  const missing = [...missingParts((component) => !sets.has(weightFolders[component]), shared)];
  const configured = needed.every((name) => shared.some(({ path }) => path === `${name}/config.json`));
  if (!configured) missing.push('configuration');
  return orMissing(folder, missing, () => [weightsPipeline(folder, [...sets.values()], shared)]);
}

function weightsPipeline(
  folder: string,
  sets: readonly WeightSet[],
  shared: readonly LayoutFile[],
): PipelineLayout {
  const files = [...shared, ...sets.flatMap((set) => set.files)];
  return {
    folder,
    form: 'weights',
    precision: null,
    files,
    graphs: {},
    totalBytes: files.reduce((sum, file) => sum + file.source.sizeBytes, 0),
  };
}

/** One pipeline for each precision that the UNet, the bulk of it all, comes in. */
function pipelinesOf(
  folder: string,
  graphs: ReadonlyMap<ModelComponent, readonly Graph[]>,
  shared: readonly LayoutFile[],
): readonly PipelineLayout[] {
  const offered = [...new Set(graphs.get('unet')?.map((graph) => graph.precision))];
  const plain = offered.length === 1 && offered[0] === 'default';
  return offered.map((wanted) => {
    const chosen = components.flatMap((component) => {
      const list = graphs.get(component) ?? [];
      const best = bestPrecision(
        wanted,
        list.map((graph) => graph.precision),
      );
      return list.filter((graph) => graph.precision === best).slice(0, 1);
    });
    const files = [...shared, ...chosen.flatMap((graph) => graph.files)];
    return {
      folder,
      form: 'graphs',
      precision: plain ? null : wanted,
      files,
      graphs: Object.fromEntries(chosen.map((graph) => [graph.component, graph.precision])),
      totalBytes: files.reduce((sum, file) => sum + file.source.sizeBytes, 0),
    };
  });
}

const sharedPatterns = [
  /^model_index\.json$/,
  /^scheduler\/scheduler_config\.json$/,
  /^tokenizer\/[^/]+\.(?:json|txt)$/,
  /^(?:text_encoder|unet|vae_decoder|vae_encoder)\/config\.json$/,
];

/**
 * Configuration and tokenizer, which every precision shares. Where graphs lie in a folder of their own (`onnx/unet/…`), these often lie
 * above it: the nearest folder that has one wins.
 */
function sharedFiles(files: readonly SourceFile[], folder: string): readonly LayoutFile[] {
  const found = new Map<string, LayoutFile>();
  for (const place of selfAndAbove(folder)) {
    const prefix = place && `${place}/`;
    const here = files.filter((file) => file.path.startsWith(prefix));
    for (const source of here) {
      const path = source.path.slice(prefix.length);
      const wanted = sharedPatterns.some((pattern) => pattern.test(path));
      if (wanted && !found.has(path)) found.set(path, { path, source });
    }
  }
  return withVaeConfig(files, folder, found);
}

function selfAndAbove(folder: string): readonly string[] {
  if (folder === '') return [''];
  const parts = folder.split('/');
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), ''];
}

/** Diffusers keeps one `vae/config.json` for what Optimum splits into encoder and decoder. */
function withVaeConfig(
  files: readonly SourceFile[],
  folder: string,
  found: Map<string, LayoutFile>,
): readonly LayoutFile[] {
  const path = 'vae_decoder/config.json';
  for (const place of found.has(path) ? [] : selfAndAbove(folder)) {
    const source = files.find((file) => file.path === `${place && `${place}/`}vae/config.json`);
    if (source) {
      found.set(path, { path, source });
      break;
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
