/** What a pickle of tensors may name, and what then stands for it. Everything else is refused. */
import { AppError } from '../errors.ts';
import { Dict, forbidden, Made, Named, Tuple, type PickleValue } from './pickle.ts';
import type { DType } from './lazy-tensor.ts';

/** A tensor as a pickle describes it. */
export class TorchTensor {
  readonly storage: TorchStorage;
  readonly dtype: DType;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: TorchStorage, dtype: DType, [offset, shape, strides]: TensorNumbers) {
    this.storage = storage;
    this.dtype = dtype;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

type TensorNumbers = readonly [offset: number, shape: readonly number[], strides: readonly number[]];

/** Bytes of the archive that tensors look at. */
export class TorchStorage {
  readonly key: string;
  /** Null: raw bytes, the tensor tells. */
  readonly dtype: DType | null;

  constructor(key: string, dtype: DType | null) {
    this.key = key;
    this.dtype = dtype;
  }
}

export const storageTypes: Readonly<Record<string, DType | null>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
  'torch.storage.UntypedStorage': null,
};

const dtypes: Readonly<Record<string, DType>> = {
  'torch.float64': 'F64',
  'torch.float32': 'F32',
  'torch.float16': 'F16',
  'torch.bfloat16': 'BF16',
  'torch.float8_e4m3fn': 'F8_E4M3',
  'torch.float8_e5m2': 'F8_E5M2',
  'torch.int64': 'I64',
  'torch.int32': 'I32',
  'torch.int16': 'I16',
  'torch.int8': 'I8',
  'torch.uint8': 'U8',
  'torch.bool': 'BOOL',
};

/** Values beside the tensors that carry nothing a picture needs: they are named and made, and nothing of them is used. */
const passedOver = new Set([
  'torch.device',
  'torch.Size',
  'torch.nn.modules.container.ParameterDict',
  'torch.nn.modules.container.ParameterList',
  'numpy.dtype',
  'numpy.ndarray',
  'numpy.core.multiarray.scalar',
  'numpy._core.multiarray.scalar',
  'numpy.core.multiarray._reconstruct',
  'numpy._core.multiarray._reconstruct',
  '_codecs.encode',
  'collections.defaultdict',
  'collections.Counter',
  '__builtin__.set',
  'builtins.set',
  '__builtin__.dict',
  'builtins.dict',
  '__builtin__.list',
  'builtins.list',
  '__builtin__.int',
  'builtins.int',
  '__builtin__.float',
  'builtins.float',
  'argparse.Namespace',
]);

/** Classes of the trainers that wrote CompVis' and others' checkpoints: as a key, or as settings beside the tensors. */
const trainers = /^(?:pytorch_lightning|lightning|lightning_fabric|omegaconf)(?:\.[A-Za-z_]\w*)+$/;

const rebuilders: Readonly<Record<string, (args: readonly PickleValue[]) => PickleValue | undefined>> = {
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_tensor_v3': rebuildTensor,
  'torch._utils._rebuild_parameter': ([tensor]) => tensor,
  'torch._utils._rebuild_parameter_with_state': ([tensor]) => tensor,
  'torch._tensor._rebuild_from_type_v2': ([, , args]) => (args instanceof Tuple ? args.items[0] : undefined),
  'collections.OrderedDict': ([pairs]) => orderedDict(pairs),
};

export function mayName(name: string): boolean {
  return (
    Object.hasOwn(rebuilders, name) ||
    Object.hasOwn(storageTypes, name) ||
    Object.hasOwn(dtypes, name) ||
    passedOver.has(name) ||
    trainers.test(name)
  );
}

/** Throws `model-unsupported` for what is not to be called. */
export function callByName(fileName: string, named: Named, args: readonly PickleValue[]): PickleValue {
  const rebuild = Object.hasOwn(rebuilders, named.name) ? rebuilders[named.name] : undefined;
  if (rebuild) return rebuild(args) ?? wrongArguments(fileName, named);
  if (passedOver.has(named.name) || trainers.test(named.name)) return new Made(named);
  throw forbidden(fileName, named.name);
}

function wrongArguments(fileName: string, { name }: Named): never {
  throw new AppError('file-corrupt', `${fileName} holds a damaged pickle: ${name} is given no tensor.`);
}

function rebuildTensor(args: readonly PickleValue[]): PickleValue | undefined {
  const [storage, offset, size, stride] = args;
  const sizes = numbersOf(size);
  const strides = numbersOf(stride);
  if (!(storage instanceof TorchStorage) || !isCount(offset) || !sizes || strides?.length !== sizes.length) {
    return undefined;
  }
  const dtype = storage.dtype ?? dtypeOf(args[6]);
  return dtype ? new TorchTensor(storage, dtype, [offset, sizes, strides]) : undefined;
}

const dtypeOf = (value: PickleValue | undefined) =>
  value instanceof Named && Object.hasOwn(dtypes, value.name) ? dtypes[value.name] : undefined;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function numbersOf(value: PickleValue | undefined): readonly number[] | null {
  return value instanceof Tuple && value.items.every(isCount) ? value.items : null;
}

function orderedDict(pairs: PickleValue | undefined): Dict {
  const dict = new Dict();
  const list: readonly PickleValue[] = Array.isArray(pairs) ? pairs : [];
  for (const pair of list) {
    const [key, value] = pair instanceof Tuple ? pair.items : [];
    if (key !== undefined && value !== undefined) dict.entries.set(key, value);
  }
  return dict;
}
