/** LoRAs and embeddings in storage: a record each, which holds the file itself. */
import { AppError } from '../../domain/errors.ts';
import type { Extra, ExtraKind, NamedExtra } from '../../domain/model/extra.ts';
import { readEmbedding, wordOf } from '../../domain/weights/embedding.ts';
import { readLora } from '../../domain/weights/lora.ts';
import { recognise } from '../../domain/weights/recognise.ts';
import { openWeights, valuesStart } from '../../domain/weights/weight-file.ts';
import type { WeightFile } from '../../domain/weights/lazy-tensor.ts';
import { blobSource } from './byte-sources.ts';
import type { RecordStore } from './idb.ts';
import { readAll } from './manifest.ts';
import { missingExtra, type Extras } from './no-extras.ts';
import { sha256Of } from './sha256.ts';

interface ExtraRecord {
  readonly version: 1;
  readonly extra: Extra;
  readonly file: Blob;
}

const prefix = 'extra:';
const keyOf = ({ kind, name }: NamedExtra) => `${prefix}${kind}:${name}`;

/** Throws `storage-failed`. */
export async function listExtras(records: RecordStore): Promise<readonly Extra[]> {
  return (await readAll<ExtraRecord>(records, prefix)).map(({ extra }) => extra);
}

/**
 * Reads what it is and all of its values, then keeps it, in the place of one of the same name. Throws `model-unsupported`, `file-corrupt`,
 * `storage-full`.
 */
export async function addExtra(records: RecordStore, file: File): Promise<Extra> {
  const source = blobSource(file.name, file);
  const weights = await openWeights(source);
  const kind = kindOf(file.name, weights);
  for (const tensor of weights.tensors.values()) await tensor.float32();
  const bytes = await source.read(0, file.size);
  const extra: Extra = {
    kind,
    name: wordOf(file.name),
    fileName: file.name,
    sizeBytes: file.size,
    sha256: await sha256Of(bytes),
    recipeHash: (await sha256Of(bytes.subarray(await valuesStart(source)))).slice(0, 12),
  };
  const record: ExtraRecord = { version: 1, extra, file: new Blob([bytes]) };
  await records.setMany([[keyOf(extra), record]]);
  return extra;
}

/** The file comes back, for whoever regrets. */
export async function deleteExtra(records: RecordStore, named: NamedExtra): Promise<File> {
  const record = await found(records, named);
  await records.deleteMany([keyOf(named)]);
  return new File([record.file], record.extra.fileName);
}

/** Throws `model-unsupported` for what is neither, or is for another family, saying which. */
function kindOf(fileName: string, weights: WeightFile): ExtraKind {
  const { kind } = recognise(weights.tensors);
  if (kind === 'checkpoint') {
    throw new AppError('model-unsupported', `${fileName} is a checkpoint: choose it as a model.`);
  }
  if (kind === 'lora') readLora(wordOf(fileName), weights);
  else readEmbedding(fileName, weights);
  return kind === 'lora' ? 'lora' : 'embedding';
}

async function found(records: RecordStore, named: NamedExtra): Promise<ExtraRecord> {
  const record = await records.get<ExtraRecord>(keyOf(named));
  if (record?.version === 1) return record;
  throw missingExtra(named);
}

export async function openExtras(records: RecordStore): Promise<Extras> {
  const all = await listExtras(records);
  const embeddings = all.filter(({ kind }) => kind === 'embedding');
  const weightsOf = async (named: NamedExtra) => {
    const { extra, file } = await found(records, named);
    return { extra, weights: await openWeights(blobSource(extra.fileName, file)) };
  };
  return {
    key: all.map(({ kind, name, sha256 }) => `${kind}:${name}=${sha256}`).join(),
    embeddings: () =>
      Promise.all(
        embeddings.map(async (each) => {
          const { extra, weights } = await weightsOf(each);
          return readEmbedding(extra.fileName, weights);
        }),
      ),
    lora: async (name) => {
      const { weights } = await weightsOf({ kind: 'lora', name });
      return readLora(name, weights);
    },
  };
}
