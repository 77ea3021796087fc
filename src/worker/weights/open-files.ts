import type { ModelRef } from '../../domain/model/model.ts';
import { realClock } from './clock.ts';
import { httpFiles } from './http-files.ts';
import { openRecords, type RecordStore } from './idb.ts';
import { readManifest } from './manifest.ts';
import { memoryModelFiles } from './memory-files.ts';
import type { ModelFiles } from './model-files.ts';
import { hubRepair } from './repair.ts';
import { markUsed } from './shelf.ts';
import { storedModelFiles } from './stored-files.ts';

/** A model's files, wherever they are. Throws `model-incomplete` when a stored model is not there. */
export async function openModelFiles({ id, revision, source }: ModelRef): Promise<ModelFiles> {
  switch (source.kind) {
    case 'http':
      return httpFiles(source);
    case 'hub':
      return memoryModelFiles(source.plan, hubDeps());
    case 'stored':
      return openStored(openRecords(), { id, revision });
  }
}

async function openStored(
  records: RecordStore,
  model: { readonly id: string; readonly revision: string },
): Promise<ModelFiles> {
  const manifest = await readManifest(records, model);
  await markUsed(records, model, Date.now());
  return storedModelFiles(records, manifest, hubRepair(records, manifest.plan, hubDeps()));
}

const hubDeps = () => ({ fetch: fetch.bind(globalThis), clock: realClock });
