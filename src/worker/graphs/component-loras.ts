/**
 * The LoRAs of one component, and which of its sessions has them. Plain LoRAs stand beside the weights, so that one session does for every
 * weight of them, and without them too (a weight of 0 adds nothing): off and on again makes no new one. Others are merged, each weight anew.
 */
import { loraWeightsInput } from '../../domain/compile/graph-builder.ts';
import type { WeightedLora } from '../../domain/weights/lora-changes.ts';
import type { Lora } from '../../domain/weights/lora.ts';
import { isLowRank } from '../../domain/weights/low-rank.ts';
import type { HostTensor } from '../runtime/runtime.ts';

type Network = 'unet' | 'text_encoder';

export interface UsedLora {
  readonly lora: Lora;
  readonly unetWeight: number;
  readonly textWeight: number;
}

export interface ComponentLoras {
  /** What a session is made with. */
  readonly loras: readonly WeightedLora[];
  /** Their weights are given at each run; without it they are merged. */
  readonly given?: () => Readonly<Record<string, HostTensor>>;
}

const touches = ({ layers }: Lora, network: Network) =>
  layers.some((layer) => layer.network === null || layer.network === network);

export function componentLoras(network: Network) {
  let wanted: readonly WeightedLora[] = [];
  /** Beside the weights of the session that there is, if any. */
  let built: readonly WeightedLora[] = [];

  const isIn = (loras: readonly WeightedLora[]) =>
    wanted.every(({ lora }) => loras.some((each) => each.lora.name === lora.name));
  const areBeside = () => wanted.every(({ lora }) => isLowRank(lora, network));
  const weightsOf = (loras: readonly WeightedLora[]): HostTensor => {
    const weightOf = (name: string) => wanted.find(({ lora }) => lora.name === name)?.weight ?? 0;
    const data = Float32Array.from(loras, ({ lora }) => weightOf(lora.name));
    return { type: 'float32', dims: [1, loras.length], data };
  };
  const namesOf = (loras: readonly WeightedLora[]) => loras.map(({ lora }) => lora.name).join(', ');

  return {
    use: (loras: readonly UsedLora[]) => {
      wanted = loras.flatMap(({ lora, unetWeight, textWeight }) => {
        const weight = network === 'unet' ? unetWeight : textWeight;
        return weight === 0 || !touches(lora, network) ? [] : [{ lora, weight }];
      });
    },
    /** Changes whenever what comes out does. */
    state: () => wanted.map(({ lora, weight }) => `${lora.name}:${weight}`).join(', '),
    /** The same for what one session can do. */
    key: () => {
      if (!areBeside()) return `in ${wanted.map(({ lora, weight }) => `${lora.name}:${weight}`).join(', ')}`;
      const loras = isIn(built) ? built : wanted;
      return loras.length === 0 ? '' : `beside ${namesOf(loras)}`;
    },
    /** For a session that is made now; with `given` what its graph takes at each run. */
    take: (): ComponentLoras => {
      if (!areBeside()) return { loras: wanted };
      const loras = isIn(built) ? built : wanted;
      return loras.length === 0
        ? { loras }
        : { loras, given: () => ({ [loraWeightsInput]: weightsOf(loras) }) };
    },
    /** They fit: a session with them is what there is from now on. */
    keep: ({ loras, given }: ComponentLoras) => {
      if (given) built = loras;
    },
  };
}
