/**
 * What `torch.save` writes since 1.6: a zip archive with one pickle (`NAME/data.pkl`) and the tensors' bytes (`NAME/data/KEY`).
 * https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
 */
import { AppError } from '../errors.ts';
import { decodeUtf8 } from '../recipe/text-bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { elementBytes, elementCount, type LazyTensor, type WeightFile } from './lazy-tensor.ts';
import { Dict, Made, Named, readPickle, Tuple, type PickleValue } from './pickle.ts';
import { storedTensor } from './stored-tensor.ts';
import { isContiguous, spanOf } from './strides.ts';
import { callByName, mayName, storageTypes, TorchStorage, TorchTensor } from './torch-names.ts';
import { readZipDirectory, type ZipDirectory } from './zip-directory.ts';

/** The largest checkpoints have some 300 KB. */
const pickleLimitBytes = 16 * 2 ** 20;

/** Names are the keys, joined by a dot where tables lie in tables; of a training run only the `state_dict` counts. Throws as `openWeights`. */
export async function readTorchZip(source: ByteSource): Promise<WeightFile> {
  const zip = await readZipDirectory(source);
  const folder = await pickleFolder(source, zip);
  const root = readPickle(await readEntry(source, zip, `${folder}data.pkl`), {
    fileName: source.name,
    mayName,
    call: (named, args) => callByName(source.name, named, args),
    refer: (id) => storageOf(source, id),
  });
  const tensors = new Map<string, LazyTensor>();
  const metadata = new Map<string, string>();
  walk(stateOf(root), (name, value) => {
    if (value instanceof TorchTensor) tensors.set(name, tensorOf(source, zip, folder, name, value));
    else if (typeof value === 'string') metadata.set(name, value);
  });
  return { tensors, metadata };
}

async function pickleFolder(source: ByteSource, zip: ZipDirectory): Promise<string> {
  const found = [...zip.entries.keys()].filter((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  if (found.length !== 1) throw invalid(source, `it holds ${found.length} pickles (data.pkl) instead of one`);
  const folder = found[0]!.slice(0, -'data.pkl'.length);
  if (zip.entries.has(`${folder}constants.pkl`)) {
    throw new AppError('model-unsupported', `${source.name} is a TorchScript program, not weights.`);
  }
  if (!zip.entries.has(`${folder}byteorder`)) return folder;
  const order = decodeUtf8(await readEntry(source, zip, `${folder}byteorder`));
  if (order !== 'little') throw invalid(source, `its numbers are ${order}-endian`);
  return folder;
}

async function readEntry(source: ByteSource, zip: ZipDirectory, name: string): Promise<Uint8Array> {
  const entry = zip.entries.get(name)!;
  if (entry.sizeBytes > pickleLimitBytes) {
    throw invalid(source, `${name} claims to be ${entry.sizeBytes} bytes long`);
  }
  return source.read(await zip.dataOffset(entry), entry.sizeBytes);
}

/** `('storage', torch.HalfStorage, '0', 'cpu', 320)` */
function storageOf(source: ByteSource, id: PickleValue): TorchStorage {
  const [kind, type, key] = id instanceof Tuple ? id.items : [];
  if (kind !== 'storage' || !(type instanceof Named) || typeof key !== 'string') {
    throw invalid(source, 'it refers to something that is no storage');
  }
  const dtype = Object.hasOwn(storageTypes, type.name) ? storageTypes[type.name] : undefined;
  if (dtype === undefined) throw invalid(source, `it holds values of ${type.name}, which are not read here`);
  return new TorchStorage(key, dtype);
}

function stateOf(root: PickleValue): PickleValue {
  const inner = root instanceof Dict ? root.entries.get('state_dict') : undefined;
  return inner instanceof Dict ? inner : root;
}

/** Visits each table once: tables that hold each other would never end. */
function walk(root: PickleValue, visit: (name: string, value: PickleValue) => void): void {
  const seen = new Set<PickleValue>();
  const open: [name: string, value: PickleValue][] = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, value] = next;
    const table = value instanceof Made ? parametersOf(value) : value;
    if (!(table instanceof Dict)) visit(name, table);
    else if (!seen.has(table)) {
      seen.add(table);
      open.push(...namedEntries(table, name).reverse());
    }
  }
}

/** Without classes as keys: what a trainer keeps for itself. */
function namedEntries({ entries }: Dict, name: string): [name: string, value: PickleValue][] {
  return [...entries].flatMap(([key, value]): [string, PickleValue][] =>
    typeof key === 'string' || typeof key === 'number'
      ? [[name === '' ? String(key) : `${name}.${key}`, value]]
      : [],
  );
}

/** A ParameterDict keeps its tensors in its state; nothing else that is made has any. */
function parametersOf({ of, state }: Made): PickleValue {
  const isTable = of.name.endsWith('.ParameterDict') && state instanceof Dict;
  return isTable ? (state.entries.get('_parameters') ?? null) : null;
}

function tensorOf(
  source: ByteSource,
  zip: ZipDirectory,
  folder: string,
  name: string,
  { storage, dtype, offset, shape, strides }: TorchTensor,
): LazyTensor {
  const entry = zip.entries.get(`${folder}data/${storage.key}`);
  if (!entry) throw invalid(source, `the values of ${name} are missing`);
  const size = elementBytes(dtype);
  const storedCount = entry.sizeBytes / size;
  const outside = offset + spanOf(shape, strides) > storedCount;
  // A view may repeat what it looks at; a weight never does, and could ask for any amount of memory.
  if (outside || elementCount(shape) > storedCount) {
    throw invalid(source, `${name} (${shape.join(' × ')}) is larger than its values`);
  }
  const offsetBytes = async () => (await zip.dataOffset(entry)) + offset * size;
  const place = { name, dtype, shape, source, offsetBytes };
  return storedTensor(isContiguous(shape, strides) ? place : { ...place, strides });
}

function invalid({ name }: ByteSource, what: string): AppError {
  return new AppError('file-corrupt', `${name} is no whole PyTorch file: ${what}.`);
}
