/** A model of weights: its graphs are made here, for the device and for the work at hand. */
import { compileComponent } from '../../domain/compile/compile-component.ts';
import type { CompiledGraph } from '../../domain/compile/compiled-graph.ts';
import { loraWeightsInput } from '../../domain/compile/graph-builder.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Network } from '../../domain/weights/checkpoint.ts';
import type { Embedding } from '../../domain/weights/embedding.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import type { Graph, GraphTarget } from '../runtime/runtime.ts';
import { fillGraph } from './fill-graph.ts';
import type { GraphSource } from './graph-source.ts';
import { componentLoras, type UsedLora } from './component-loras.ts';
import { merged, type LoraCount } from './merged-network.ts';
import { openNetwork } from './open-network.ts';
import { weightFilesOf } from './weight-files.ts';

export interface CompiledGraphs extends GraphSource {
  /** From now on graphs are made with these. */
  useLoras(loras: readonly UsedLora[]): void;
  /** In the place of the model's own; null: that one again. */
  useVae(vae: UsedVae | null): void;
  /** See `ImageSettings`. */
  useClipSkip(clipSkip: number): void;
  /** Of what the text encoder is made of. */
  textState(): string;
}

interface UsedVae {
  readonly name: string;
  readonly network: Network;
}

/** `onLora` is told of LoRAs as they are merged into a component. */
export function compiledGraphs(
  files: ModelFiles,
  embeddings: readonly Embedding[] = [],
  onLora: (component: ModelComponent, counts: readonly LoraCount[]) => void = () => undefined,
): CompiledGraphs {
  const firstTime = tellOnce(files);
  const memory = new WeakMap<Graph, readonly Uint8Array[]>();
  const loras = { unet: componentLoras('unet'), text_encoder: componentLoras('text_encoder') };
  const lorasOf = (component: ModelComponent) => loras[component as keyof typeof loras] ?? null;
  let vae: UsedVae | null = null;
  let clipSkip = 1;
  const clipKeys = (component: ModelComponent) =>
    component === 'text_encoder' && clipSkip !== 1 ? [`clip:${clipSkip}`] : [];
  return {
    useLoras: (wanted) => Object.values(loras).forEach((each) => each.use(wanted)),
    useVae: (wanted) => void (vae = wanted),
    useClipSkip: (wanted) => void (clipSkip = wanted),
    textState: () => [loras.text_encoder.state(), ...clipKeys('text_encoder')].join(' '),
    sizeBytes: (component) =>
      weightFilesOf(files.list(), component)
        // A file that holds everything is counted with what is the bulk of it.
        .filter(({ path }) => component === 'unet' || path.includes('/'))
        .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    keyOf: (need, target) => {
      const { batch, height, width, tokens } = shapeFor(need, target);
      return [
        batch,
        height,
        width,
        tokens,
        lorasOf(need.component)?.key() ?? '',
        ...vaeKeys(need.component, vae),
        ...clipKeys(need.component),
      ].join(' ');
    },
    read: async (need, target, reading) => {
      const own = await openNetwork(firstTime, need.component, reading);
      const plain = isVae(need.component) && vae ? inPlaceOf(own, vae.network) : own;
      const added = lorasOf(need.component)?.take() ?? { loras: [] };
      const { network, counts, lowRanks } = merged(need.component, plain, added, embeddings);
      lorasOf(need.component)?.keep(added);
      onLora(need.component, counts);
      const { config, tensors } = network;
      const floatType = target.float16 ? 'float16' : 'float32';
      const shape = shapeFor(need, target);
      const compiled = compileComponent(need.component, config, tensors, shape, floatType, {
        clipSkip,
        lowRanks,
      });
      const filled = await fillGraph(compiled, tensors, reading.signal);
      const graph = { ...filled.graph, ...(hasLoras(compiled) && added.given && { given: added.given }) };
      memory.set(graph, filled.held);
      return graph;
    },
    letGo: (graph) => memory.get(graph)?.forEach(freeBuffer),
  };
}

/** None, where no layer of theirs fits. */
const hasLoras = ({ model }: CompiledGraph) =>
  model.graph?.inputs.some(({ name }) => name === loraWeightsInput) ?? false;

const isVae = (component: ModelComponent) => component === 'vae_decoder' || component === 'vae_encoder';

const vaeKeys = (component: ModelComponent, vae: UsedVae | null) =>
  vae && isVae(component) ? [`vae:${vae.name}`] : [];

/** How many groups its norms have, no file of weights says: as many as in what it stands for. */
function inPlaceOf(own: Network, other: Network): Network {
  const { norm_num_groups: groups } = own.config;
  return { ...other, config: { ...other.config, ...(groups !== undefined && { norm_num_groups: groups }) } };
}

/** A file that holds several components is read for each of them: its bytes are told until all of them were. */
function tellOnce(files: ModelFiles): ModelFiles {
  const left = new Map(files.list().map(({ path, sizeBytes }) => [path, sizeBytes]));
  const counted = (path: string, onBytes?: (bytes: number) => void) => (bytes: number) => {
    const news = Math.min(bytes, left.get(path) ?? 0);
    left.set(path, (left.get(path) ?? 0) - news);
    if (news > 0) onBytes?.(news);
  };
  return {
    ...files,
    readBytes: (path, onBytes, signal) => files.readBytes(path, counted(path, onBytes), signal),
    ...(files.open && {
      open: (path: string, onBytes?: (bytes: number) => void, signal?: AbortSignal) =>
        files.open!(path, counted(path, onBytes), signal),
    }),
  };
}

/** On the CPU two passes at once take as long as one after the other, and twice the memory. */
const shapeFor = ({ shape }: SessionNeed, { backend }: GraphTarget) =>
  backend === 'wasm' ? { ...shape, batch: 1 } : shape;

/** The session has its own copy. Older browsers wait for the garbage collector. */
function freeBuffer({ buffer }: Uint8Array): void {
  (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
}
