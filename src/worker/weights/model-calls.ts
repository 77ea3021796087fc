/** The calls about models, without a word on threads: the weights' worker serves them. */
import type { ByteEvent, DownloadEvent, ModelCalls } from '../../engine/model-protocol.ts';
import type { CallContext, CallHandlers } from '../../engine/rpc.ts';
import type { Fetch } from './ask.ts';
import type { Clock } from './clock.ts';
import { downloadModel } from './download.ts';
import { addExtra, deleteExtra, listExtras } from './extras.ts';
import { exportModel, importModel, inspectFolder } from './folder.ts';
import type { RecordStore } from './idb.ts';
import { inspectRepository } from './inspect.ts';
import { verifyModel } from './repair.ts';
import { deleteModel, describeStored, readLibrary } from './library.ts';
import { inspectAddress } from './remote-checkpoint.ts';
import { ownFiles } from './single-file.ts';
import type { Tabs } from './tabs.ts';

export interface ModelCallDeps {
  readonly records: RecordStore;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

export function modelCalls(deps: ModelCallDeps): CallHandlers<ModelCalls> {
  const { records, tabs } = deps;
  return {
    listModels: () => readLibrary(records),
    inspectRepository: (question, { signal }) => inspectRepository(question, { ...deps, signal }),
    inspectFolder: ({ folderName, files, hubUrl }, { signal }) =>
      inspectFolder(folderName, files, hubUrl ? { hubUrl, deps: { ...deps, signal, tries: 2 } } : null),
    inspectAddress: ({ url, hubUrl }, { signal }) => inspectAddress(url, hubUrl, { ...deps, signal }),
    downloadModel: async ({ plan, parallel }, call) => {
      const onEvent = (event: DownloadEvent) => call.emit(event);
      const manifest = await downloadModel(plan, deps, { parallel, signal: call.signal, onEvent });
      return describeStored(records, manifest);
    },
    importModel: async ({ plan, files }, call) => {
      const all = [...files, ...(await ownFiles(plan, deps.fetch))];
      const manifest = await importModel(plan, all, { ...deps, signal: call.signal }, telling(call));
      return describeStored(records, manifest);
    },
    listExtras: () => listExtras(records),
    addExtra: async (added) => {
      const extra = await addExtra(deps, added);
      tabs.announce({ type: 'library-changed' });
      return extra;
    },
    deleteExtra: async (named) => {
      const deleted = await deleteExtra(deps, named);
      tabs.announce({ type: 'library-changed' });
      return deleted;
    },
    verifyModel: (model, call) =>
      verifyModel(records, model, { ...deps, signal: call.signal }, telling(call)),
    deleteModel: async (model) => {
      await deleteModel(records, tabs, model);
      return null;
    },
    exportModel: async ({ folder, ...model }, call) => {
      await exportModel(model, folder, { ...deps, signal: call.signal }, telling(call));
      return null;
    },
  };
}

const telling = (call: CallContext<ByteEvent>) => (progress: ByteEvent) => call.emit(progress);
