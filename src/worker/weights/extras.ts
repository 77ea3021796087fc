/** LoRAs, embeddings and VAEs in storage: what each is, and its bytes. */
import { AppError } from '../../domain/errors.ts';
import { lockNames } from '../../engine/stored-names.ts';
import { extraNamed, type Extra, type ExtraKind, type NamedExtra } from '../../domain/model/extra.ts';
import type { NewExtra } from '../../engine/model-protocol.ts';
import type { ByteSource } from '../../domain/weights/byte-source.ts';
import { readCheckpoint } from '../../domain/weights/checkpoint.ts';
import { readEmbedding, wordOf } from '../../domain/weights/embedding.ts';
import { knowsAlpha } from '../../domain/weights/lora-alpha.ts';
import { readLora } from '../../domain/weights/lora.ts';
import { recognise } from '../../domain/weights/recognise.ts';
import { openWeights, valuesStart } from '../../domain/weights/weight-file.ts';
import type { WeightFile } from '../../domain/weights/lazy-tensor.ts';
import { roomFor } from './begin.ts';
import { blobSource, chunkedSource } from './byte-sources.ts';
import { chunkBytes, chunkCount, readChunk, readRecord } from './content.ts';
import { bytesOf, copyIn } from './copy-in.ts';
import { extraKey, extraPrefix, type ExtraRecord } from './extra-records.ts';
import type { RecordStore } from './idb.ts';
import { sweep } from './library.ts';
import { readAll } from './manifest.ts';
import { missingExtra, type Extras } from './no-extras.ts';
import { streamingSha256 } from './sha256.ts';
import type { Tabs } from './tabs.ts';

interface ExtrasDeps {
  readonly records: RecordStore;
  readonly tabs: Pick<Tabs, 'exclusively'>;
}

/** Throws `storage-failed`. */
export async function listExtras(records: RecordStore): Promise<readonly Extra[]> {
  return (await readAll<ExtraRecord>(records, extraPrefix)).map(({ extra }) => extra);
}

/**
 * Reads what it is and all of its values, then keeps it, in the place of one of the same name. Throws `model-unsupported`, `file-corrupt`,
 * `model-incomplete` for a file of peft's that needs what lies beside it, `storage-full`.
 */
export async function addExtra(
  { records, tabs }: ExtrasDeps,
  { file, adapterConfig }: NewExtra,
): Promise<Extra> {
  const extra = await lookAt(file, adapterConfig);
  const content = `sha256-${extra.sha256}`;
  const source = { path: file.name, sizeBytes: file.size, sha256: extra.sha256 };
  const { signal } = new AbortController();
  return tabs.exclusively(lockNames.library, signal, async () => {
    await roomFor([{ path: file.name, key: content, sizeBytes: file.size }], records);
    const isThere = (await readRecord(records, content))?.sha256;
    if (!isThere) await copyIn(records, content, source, file, signal, () => undefined);
    const record: ExtraRecord = { version: 1, extra, content, ...(adapterConfig && { adapterConfig }) };
    await records.setMany([[extraKey(extra), record]]);
    // What it replaces is needed no more.
    await sweep(records);
    return extra;
  });
}

async function lookAt(file: File, adapterConfig: string | undefined): Promise<Extra> {
  const source = blobSource(file.name, file);
  const weights = await openWeights(source);
  const kind = await kindOf(file.name, weights, adapterConfig);
  for (const tensor of weights.tensors.values()) await tensor.float32();
  const { sha256, valuesSha256 } = await hashesOf(file, await valuesStart(source));
  // What trainers wrote of the values; a later change of them is no reason for another name.
  const told = weights.metadata.get('sshs_model_hash') ?? '';
  const loraHash = /^[0-9a-f]{64}$/.test(told) ? told : valuesSha256;
  const name = wordOf(file.name);
  const alias = kind === 'lora' ? weights.metadata.get('ss_output_name') : undefined;
  return {
    kind,
    name,
    ...(alias && alias !== name && { alias }),
    fileName: file.name,
    sizeBytes: file.size,
    sha256,
    recipeHash: (kind === 'lora' ? loraHash : sha256).slice(0, 12),
  };
}

/** Of the whole, and of what lies behind `start`. */
async function hashesOf(file: File, start: number) {
  const [whole, values] = [await streamingSha256(), await streamingSha256()];
  for (let at = 0; at < file.size; at += chunkBytes) {
    const bytes = await bytesOf(file.slice(at, at + chunkBytes), file.name);
    whole.update(bytes);
    values.update(bytes.subarray(Math.min(bytes.length, Math.max(0, start - at))));
  }
  return { sha256: whole.digest(), valuesSha256: values.digest() };
}

/** The file comes back, for whoever regrets. */
export async function deleteExtra({ records, tabs }: ExtrasDeps, named: NamedExtra): Promise<NewExtra> {
  return tabs.exclusively(lockNames.library, new AbortController().signal, async () => {
    const record = await found(records, named);
    const file = new File(await bytesIn(records, record), record.extra.fileName);
    await records.deleteMany([extraKey(named)]);
    await sweep(records);
    return { file, adapterConfig: record.adapterConfig };
  });
}

async function bytesIn(records: RecordStore, { extra, content, file }: ExtraRecord): Promise<BlobPart[]> {
  if (file) return [file];
  const read = chunkReader(records, content!);
  const parts: BlobPart[] = [];
  for (let index = 0; index < chunkCount(extra.sizeBytes); index++)
    parts.push((await read(index)) as Uint8Array<ArrayBuffer>);
  return parts;
}

const chunkReader = (records: RecordStore, key: string) => async (index: number) => {
  const record = await readRecord(records, key);
  if (!record) throw new AppError('file-corrupt', `${key} is gone from the browser’s storage.`);
  return readChunk(records, key, record, index);
};

function sourceOf(records: RecordStore, { extra, content, file }: ExtraRecord): ByteSource {
  const { fileName: name, sizeBytes } = extra;
  if (file) return blobSource(name, file);
  return chunkedSource({ name, sizeBytes, readChunk: chunkReader(records, content!) });
}

/** Throws `model-unsupported` for what is none of these, or is for another family, saying which. */
async function kindOf(
  fileName: string,
  weights: WeightFile,
  adapterConfig: string | undefined,
): Promise<ExtraKind> {
  const { kind } = recognise(weights.tensors);
  if (kind === 'checkpoint') {
    const { unet, vae, text_encoder: text } = await readCheckpoint(weights, fileName);
    if (vae && !unet && !text) return 'vae';
    throw new AppError('model-unsupported', `${fileName} is a checkpoint: choose it as a model.`);
  }
  if (kind !== 'lora') {
    readEmbedding(fileName, weights);
    return 'embedding';
  }
  readLora(wordOf(fileName), weights, adapterConfig);
  if (knowsAlpha(weights, adapterConfig)) return 'lora';
  throw new AppError(
    'model-incomplete',
    `${fileName} is one of two files that peft writes: how strong it is stands in adapter_config.json beside it. Choose both.`,
  );
}

async function found(records: RecordStore, named: NamedExtra): Promise<ExtraRecord> {
  const record = await records.get<ExtraRecord>(extraKey(named));
  if (record?.version === 1) return record;
  throw missingExtra(named);
}

export async function openExtras(records: RecordStore): Promise<Extras> {
  const list = await listExtras(records);
  const embeddings = list.filter(({ kind }) => kind === 'embedding');
  const weightsOf = async (named: NamedExtra) => {
    const record = await found(records, named);
    return { ...record, weights: await openWeights(sourceOf(records, record)) };
  };
  return {
    key: list.map(({ kind, name, sha256 }) => `${kind}:${name}=${sha256}`).join(),
    list,
    embeddings: () =>
      Promise.all(
        embeddings.map(async (each) => {
          const { extra, weights } = await weightsOf(each);
          return readEmbedding(extra.fileName, weights);
        }),
      ),
    lora: async (name) => {
      const named = extraNamed(list, 'lora', name) ?? { kind: 'lora' as const, name };
      const { weights, adapterConfig } = await weightsOf(named);
      return readLora(name, weights, adapterConfig);
    },
    vae: async (name) => {
      const named = extraNamed(list, 'vae', name) ?? { kind: 'vae' as const, name };
      const { extra, weights } = await weightsOf(named);
      const { vae } = await readCheckpoint(weights, extra.fileName);
      if (!vae) throw missingExtra(named);
      return vae;
    },
  };
}
