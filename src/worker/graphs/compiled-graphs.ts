/** A model of weights: its graphs are made here, for the device and for the work at hand. */
import { compileComponent } from '../../domain/compile/compile-component.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Network } from '../../domain/weights/checkpoint.ts';
import type { Embedding } from '../../domain/weights/embedding.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import type { Graph, GraphTarget } from '../runtime/runtime.ts';
import { fillGraph } from './fill-graph.ts';
import type { GraphSource } from './graph-source.ts';
import { merged, type LoraCount, type UsedLora } from './merged-network.ts';
import { openNetwork } from './open-network.ts';
import { weightFilesOf } from './weight-files.ts';

export interface CompiledGraphs extends GraphSource {
  /** From now on graphs are made with these. */
  useLoras(loras: readonly UsedLora[]): void;
  /** In the place of the model's own; null: that one again. */
  useVae(vae: UsedVae | null): void;
  /** Of the LoRAs in the text encoder. */
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
  let loras: readonly UsedLora[] = [];
  let vae: UsedVae | null = null;
  return {
    useLoras: (wanted) => void (loras = wanted),
    useVae: (wanted) => void (vae = wanted),
    textState: () => loraKeys('text_encoder', loras).join(' '),
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
        ...loraKeys(need.component, loras),
        ...vaeKeys(need.component, vae),
      ].join(' ');
    },
    read: async (need, target, reading) => {
      const own = await openNetwork(firstTime, need.component, reading);
      const plain = isVae(need.component) && vae ? inPlaceOf(own, vae.network) : own;
      const { network, counts } = merged(need.component, plain, { loras, embeddings });
      onLora(need.component, counts);
      const { config, tensors } = network;
      const floatType = target.float16 ? 'float16' : 'float32';
      const shape = shapeFor(need, target);
      const compiled = compileComponent(need.component, config, tensors, shape, floatType);
      const { graph, held } = await fillGraph(compiled, tensors, reading.signal);
      memory.set(graph, held);
      return graph;
    },
    letGo: (graph) => memory.get(graph)?.forEach(freeBuffer),
  };
}

const isVae = (component: ModelComponent) => component === 'vae_decoder' || component === 'vae_encoder';

const vaeKeys = (component: ModelComponent, vae: UsedVae | null) =>
  vae && isVae(component) ? [`vae:${vae.name}`] : [];

/** How many groups its norms have, no file of weights says: as many as in what it stands for. */
function inPlaceOf(own: Network, other: Network): Network {
  const { norm_num_groups: groups } = own.config;
  return { ...other, config: { ...other.config, ...(groups !== undefined && { norm_num_groups: groups }) } };
}

function loraKeys(component: ModelComponent, loras: readonly UsedLora[]): readonly string[] {
  if (component !== 'unet' && component !== 'text_encoder') return [];
  return loras.flatMap(({ lora, unetWeight, textWeight }) => {
    const weight = component === 'unet' ? unetWeight : textWeight;
    return weight === 0 ? [] : [`${lora.name}:${weight}`];
  });
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
