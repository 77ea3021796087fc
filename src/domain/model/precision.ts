/** How a graph's weights are stored, as its file name tells. `default` is plain `model.onnx`, which says nothing. */
export const precisions = ['default', 'fp32', 'fp16', 'q4f16', 'q8', 'q4', 'bnb4'] as const;

export type Precision = (typeof precisions)[number];

const bySuffix: Readonly<Record<string, Precision>> = {
  fp32: 'fp32',
  fp16: 'fp16',
  q4f16: 'q4f16',
  quantized: 'q8',
  int8: 'q8',
  uint8: 'q8',
  q8: 'q8',
  q4: 'q4',
  bnb4: 'bnb4',
};

/** What a component is taken from when it does not come in the wanted precision, best first. */
const substitutes: Readonly<Record<Precision, readonly Precision[]>> = {
  default: ['default', 'fp16', 'fp32', 'q8', 'q4f16', 'q4', 'bnb4'],
  fp32: ['fp32', 'default', 'fp16', 'q8', 'q4f16', 'q4', 'bnb4'],
  fp16: ['fp16', 'default', 'fp32', 'q4f16', 'q8', 'q4', 'bnb4'],
  q4f16: ['q4f16', 'fp16', 'default', 'q4', 'q8', 'fp32', 'bnb4'],
  q8: ['q8', 'default', 'fp16', 'fp32', 'q4', 'q4f16', 'bnb4'],
  q4: ['q4', 'q8', 'default', 'fp16', 'fp32', 'q4f16', 'bnb4'],
  bnb4: ['bnb4', 'q4', 'default', 'fp16', 'fp32', 'q8', 'q4f16'],
};

/** The precision that a graph's file name tells: `model_q4f16.onnx` → `q4f16`. */
export function precisionOf(graphName: string): Precision {
  const suffix = /[_.-]([a-z0-9]+)\.onnx$/i.exec(graphName)?.[1]?.toLowerCase();
  return (suffix === undefined ? undefined : bySuffix[suffix]) ?? 'default';
}

/** Of those a component comes in, the one that goes best with `wanted`. Null when it comes in none. */
export function bestPrecision(wanted: Precision, offered: readonly Precision[]): Precision | null {
  return substitutes[wanted].find((precision) => offered.includes(precision)) ?? null;
}

export function isPrecision(text: string): text is Precision {
  return (precisions as readonly string[]).includes(text);
}
