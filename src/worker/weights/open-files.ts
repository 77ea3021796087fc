import type { ModelRef, ModelSource } from '../../domain/model/model.ts';
import { realClock } from './clock.ts';
import { openRecords, type RecordStore } from './idb.ts';
import { readManifest } from './manifest.ts';
import { memoryModelFiles } from './memory-files.ts';
import type { ModelFiles } from './model-files.ts';
import { hubRepair } from './repair.ts';
import { markUsed } from './library.ts';
import { storedModelFiles } from './stored-files.ts';

/**
 * The files of a model that does not lie beside the app. A module of its own, so that the built-in model needs nothing of all this. Throws
 * `model-incomplete` when a stored model is not there.
 */
export async function openKeptFiles(
  { id, revision }: ModelRef,
  source: Exclude<ModelSource, { kind: 'http' }>,
): Promise<ModelFiles> {
  if (source.kind === 'hub') return memoryModelFiles(source.plan, hubDeps());
  return openStored(openRecords(), { id, revision });
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
