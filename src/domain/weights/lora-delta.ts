/**
 * What an adapter adds to a weight at strength 1, before DoRA. LoRA: Hu et al. 2021. LoHa, LoKr, CP: the LyCORIS report, Yeh et al. 2023
 * (https://arxiv.org/abs/2309.14859), as its code and ComfyUI's compute them.
 */
import { elementCount, type LazyTensor } from './lazy-tensor.ts';
import type { LoraLayer } from './lora.ts';
import type { LoraPart } from './lora-names.ts';
import { addProduct, kronecker, product, transposed, tucker } from './products.ts';

/** A delta has the shape of its weight when it has its size; `shape` of a convolution is [out, in, ...kernel]. */
export type DeltaKind = 'lora' | 'loha' | 'lokr' | 'diff';

export function deltaKind({ parts }: LoraLayer): DeltaKind | null {
  if (parts.has('up') && parts.has('down')) return 'lora';
  if (['hada_w1_a', 'hada_w1_b', 'hada_w2_a', 'hada_w2_b'].every((part) => parts.has(part as LoraPart)))
    return 'loha';
  const factor = (name: 'lokr_w1' | 'lokr_w2') =>
    parts.has(name) || (parts.has(`${name}_a`) && parts.has(`${name}_b`));
  if (factor('lokr_w1') && factor('lokr_w2')) return 'lokr';
  return parts.has('diff') ? 'diff' : null;
}

const first = (tensor: LazyTensor | undefined) => tensor?.shape[0] ?? 1;
const rest = (tensor: LazyTensor) => elementCount(tensor.shape.slice(1));
const kernelOf = (tensor: LazyTensor) => elementCount(tensor.shape.slice(2));

/** Whether the parts fit each other, so that their products mean something. */
export function isConsistent({ parts }: LoraLayer, kind: DeltaKind): boolean {
  const inner = (a: LoraPart, b: LoraPart, core: LoraPart) => {
    const [left, right, middle] = [parts.get(a), parts.get(b), parts.get(core)];
    if (!left || !right) return true;
    const [p, q] = middle ? middle.shape : [];
    if (!middle) return rest(left) === first(right);
    // A LoRA's core stands between ranks; the others' factors lie the other way round.
    return (kind === 'lora' ? rest(left) : first(left)) === p && first(right) === q;
  };
  switch (kind) {
    case 'lora':
      return inner('up', 'down', 'mid');
    case 'loha':
      return inner('hada_w1_a', 'hada_w1_b', 'hada_t1') && inner('hada_w2_a', 'hada_w2_b', 'hada_t2');
    case 'lokr':
      return inner('lokr_w1_a', 'lokr_w1_b', 'mid') && inner('lokr_w2_a', 'lokr_w2_b', 'lokr_t2');
    case 'diff':
      return true;
  }
}

/** Elements of the layer's delta: it fits a weight of as many. */
export function deltaSize(layer: LoraLayer, kind: DeltaKind): number {
  const get = (part: LoraPart) => layer.parts.get(part)!;
  switch (kind) {
    case 'lora':
      return layer.parts.has('mid')
        ? first(get('up')) * (get('down').shape[1] ?? 1) * kernelOf(get('mid'))
        : first(get('up')) * rest(get('down'));
    case 'loha':
      return layer.parts.has('hada_t1')
        ? (get('hada_w1_a').shape[1] ?? 1) * (get('hada_w1_b').shape[1] ?? 1) * kernelOf(get('hada_t1'))
        : first(get('hada_w1_a')) * rest(get('hada_w1_b'));
    case 'lokr':
      return factorShape(layer, 'lokr_w1').size * factorShape(layer, 'lokr_w2').size;
    case 'diff':
      return elementCount(get('diff').shape);
  }
}

/** Rows of the delta: what a weight's first dimension must be. Null where the shape does not tell. */
export function deltaRows(layer: LoraLayer, kind: DeltaKind): number {
  const get = (part: LoraPart) => layer.parts.get(part)!;
  switch (kind) {
    case 'lora':
      return first(get('up'));
    case 'loha':
      return layer.parts.has('hada_t1') ? (get('hada_w1_a').shape[1] ?? 1) : first(get('hada_w1_a'));
    case 'lokr':
      return factorShape(layer, 'lokr_w1').rows * factorShape(layer, 'lokr_w2').rows;
    case 'diff':
      return first(get('diff'));
  }
}

interface FactorShape {
  readonly rows: number;
  readonly columns: number;
  readonly kernel: number;
  readonly size: number;
}

/** Of one of LoKr's two factors, whole or in two or three parts. */
function factorShape({ parts }: LoraLayer, name: 'lokr_w1' | 'lokr_w2'): FactorShape {
  const whole = parts.get(name);
  const core = name === 'lokr_w2' ? parts.get('lokr_t2') : undefined;
  const [a, b] = [parts.get(`${name}_a`), parts.get(`${name}_b`)];
  const rows = whole ? first(whole) : core ? (a?.shape[1] ?? 1) : first(a);
  const columns = (whole ?? b)?.shape[1] ?? 1;
  const kernel = kernelOf(whole ?? core ?? b!);
  return { rows, columns, kernel, size: rows * columns * kernel };
}

/** The delta, scaled by alpha. Throws as its tensors. */
export async function readDelta(layer: LoraLayer, kind: DeltaKind): Promise<Float32Array<ArrayBuffer>> {
  const delta = await unscaled(layer, kind);
  const scale = await scaleOf(layer, kind);
  if (scale !== 1) for (let at = 0; at < delta.length; at++) delta[at]! *= scale;
  return delta;
}

/** Adds `weight` times the layer's delta to `values`. A plain LoRA, which most are, needs no array of its own for that. */
export async function addDelta(
  values: Float32Array,
  layer: LoraLayer,
  kind: DeltaKind,
  weight: number,
): Promise<void> {
  const { parts } = layer;
  if (kind === 'lora' && !parts.has('mid')) {
    const [up, down] = [parts.get('up')!, parts.get('down')!];
    const scale = weight * (await scaleOf(layer, kind));
    const left = (await up.float32()).map((value) => value * scale);
    addProduct(values, left, await down.float32(), [first(up), first(down), rest(down)]);
    return;
  }
  const delta = await readDelta(layer, kind);
  for (let at = 0; at < values.length; at++) values[at]! += weight * delta[at]!;
}

async function unscaled(layer: LoraLayer, kind: DeltaKind): Promise<Float32Array<ArrayBuffer>> {
  switch (kind) {
    case 'lora':
      return loraDelta(layer);
    case 'loha':
      return lohaDelta(layer);
    case 'lokr':
      return lokrDelta(layer);
    case 'diff':
      return layer.parts.get('diff')!.float32();
  }
}

async function loraDelta({ parts }: LoraLayer): Promise<Float32Array<ArrayBuffer>> {
  const [up, down, mid] = [parts.get('up')!, parts.get('down')!, parts.get('mid')];
  const [upValues, downValues] = [await up.float32(), await down.float32()];
  const rank = first(down);
  if (!mid) return product(upValues, downValues, first(up), rank, rest(down));
  const columns = down.shape[1] ?? 1;
  // The core is [rank, rank, ...kernel]; `up` has its rank last.
  const left = transposed(upValues, first(up), rest(up));
  return tucker(await mid.float32(), left, downValues, [rest(up), rank, kernelOf(mid), first(up), columns]);
}

async function lohaDelta(layer: LoraLayer): Promise<Float32Array<ArrayBuffer>> {
  const one = await hadamardFactor(layer, '1');
  const two = await hadamardFactor(layer, '2');
  for (let at = 0; at < one.length; at++) one[at]! *= two[at]!;
  return one;
}

async function hadamardFactor({ parts }: LoraLayer, which: '1' | '2'): Promise<Float32Array<ArrayBuffer>> {
  const [a, b] = [parts.get(`hada_w${which}_a`)!, parts.get(`hada_w${which}_b`)!];
  const core = parts.get(`hada_t${which}`);
  const [aValues, bValues] = [await a.float32(), await b.float32()];
  if (!core) return product(aValues, bValues, first(a), first(b), rest(b));
  return tucker(await core.float32(), aValues, bValues, [
    first(a),
    first(b),
    kernelOf(core),
    rest(a),
    rest(b),
  ]);
}

async function lokrDelta(layer: LoraLayer): Promise<Float32Array<ArrayBuffer>> {
  const [one, two] = [factorShape(layer, 'lokr_w1'), factorShape(layer, 'lokr_w2')];
  const left = await kroneckerFactor(layer, 'lokr_w1');
  const right = await kroneckerFactor(layer, 'lokr_w2');
  return kronecker(left, right, [one.rows, one.columns, two.rows, two.columns, two.kernel]);
}

async function kroneckerFactor(
  { parts }: LoraLayer,
  name: 'lokr_w1' | 'lokr_w2',
): Promise<Float32Array<ArrayBuffer>> {
  const whole = parts.get(name);
  if (whole) return whole.float32();
  const [a, b] = [parts.get(`${name}_a`)!, parts.get(`${name}_b`)!];
  const core = name === 'lokr_w2' ? parts.get('lokr_t2') : undefined;
  const [aValues, bValues] = [await a.float32(), await b.float32()];
  if (!core) return product(aValues, bValues, first(a), first(b), rest(b));
  return tucker(await core.float32(), aValues, bValues, [
    first(a),
    first(b),
    kernelOf(core),
    rest(a),
    rest(b),
  ]);
}

/** alpha ÷ rank; 1 where there is neither an alpha nor a rank. */
export async function scaleOf({ parts, settings }: LoraLayer, kind: DeltaKind): Promise<number> {
  if (kind === 'diff') return 1;
  const ranked = { lora: ['down'], loha: ['hada_w1_b'], lokr: ['lokr_w2_b', 'lokr_w1_b'] } as const;
  const own = ranked[kind].map((part) => parts.get(part)?.shape[0]).find((size) => size !== undefined);
  const stored = parts.get('alpha');
  const rank = own ?? (stored ? undefined : (settings.rank ?? undefined));
  const alpha = stored ? (await stored.float32())[0] : settings.alpha;
  if (rank === undefined || alpha === undefined || alpha === null) return 1;
  return alpha / (settings.byRoot ? Math.sqrt(rank) : rank);
}
