/** Which work has to be done one sample after the other, because memory ran out for several at a time. */
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';

export interface SmallerBatches {
  /** The need as it can be met. */
  readonly fitted: (need: SessionNeed) => SessionNeed;
  /** From now on also for anything as large. */
  readonly tooMuch: (need: SessionNeed) => void;
}

export function createSmallerBatches(): SmallerBatches {
  const singleFrom = new Map<ModelComponent, number>();
  return {
    fitted: (need) => (areaOf(need) >= (singleFrom.get(need.component) ?? Infinity) ? single(need) : need),
    tooMuch: (need) => void singleFrom.set(need.component, areaOf(need)),
  };
}

export const single = (need: SessionNeed): SessionNeed => ({ ...need, shape: { ...need.shape, batch: 1 } });

const areaOf = ({ shape }: SessionNeed) => shape.height * shape.width;
