/** LoRAs and embeddings in storage: a record each, which holds the file itself. */
import { AppError } from '../../domain/errors.ts';
import type { Extra, ExtraKind, NamedExtra } from '../../domain/model/extra.ts';
import { readEmbedding, wordOf, type Embedding } from '../../domain/weights/embedding.ts';
import { readLora, type Lora } from '../../domain/weights/lora.ts';
import { openWeights, type WeightFile } from '../../domain/weights/weight-file.ts';
import { blobSource } from './byte-sources.ts';
import type { RecordStore } from './idb.ts';
import { readAll } from './manifest.ts';
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

/** Reads what it is, then keeps it, in the place of one of the same name. Throws `model-unsupported`, `file-corrupt`, `storage-full`. */
export async function addExtra(records: RecordStore, file: File): Promise<Extra> {
  const weights = await openWeights(blobSource(file.name, file));
  const kind = await kindOf(file.name, weights);
  const sha256 = await sha256Of(new Uint8Array(await file.arrayBuffer()));
  const extra = { kind, name: wordOf(file.name), fileName: file.name, sizeBytes: file.size, sha256 };
  const record: ExtraRecord = { version: 1, extra, file: new Blob([file]) };
  await records.setMany([[keyOf(extra), record]]);
  return extra;
}

/** The file comes back, for whoever regrets. */
export async function deleteExtra(records: RecordStore, named: NamedExtra): Promise<File> {
  const record = await found(records, named);
  await records.deleteMany([keyOf(named)]);
  return new File([record.file], record.extra.fileName);
}

/** An embedding is what it is by its shape; whatever else there is must be a LoRA, and one that is known here. */
async function kindOf(fileName: string, weights: WeightFile): Promise<ExtraKind> {
  const isLora = [...weights.tensors.keys()].some((name) =>
    /lora|hada|lokr|\.diff(?:_b)?$|\.alpha$/.test(name),
  );
  if (!isLora) {
    const { vectors } = readEmbedding(fileName, weights);
    await vectors.float32();
    return 'embedding';
  }
  readLora(wordOf(fileName), weights);
  return 'lora';
}

async function found(records: RecordStore, named: NamedExtra): Promise<ExtraRecord> {
  const record = await records.get<ExtraRecord>(keyOf(named));
  if (record?.version === 1) return record;
  throw missing(named);
}

const kindNames = { lora: 'LoRA', embedding: 'embedding' } as const;

const missing = ({ kind, name }: NamedExtra) =>
  new AppError('bad-input', `There is no ${kindNames[kind]} “${name}” in this browser.`, { field: 'prompt' });

/** What the engine asks of them. */
export interface Extras {
  /** Changes whenever one comes or goes. */
  readonly key: string;
  readonly embeddings: () => Promise<readonly Embedding[]>;
  /** Throws `bad-input` when there is none of this name. */
  readonly lora: (name: string) => Promise<Lora>;
}

/** Where nothing can be added. */
export const noExtras: Extras = {
  key: '',
  embeddings: () => Promise.resolve([]),
  lora: (name) => Promise.reject(missing({ kind: 'lora', name })),
};

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
