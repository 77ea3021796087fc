import { libraryKey, type StoredModel } from '../../domain/model/stored-model.ts';
import type { ByteEvent, NamedModel } from '../../engine/model-protocol.ts';
import { toPlainError } from '../../domain/errors.ts';
import { rowKey, type ModelWork } from './models-state.ts';
import { entryOf, leave, setWork, withWork, type ModelsContext } from './models-context.ts';
import { message } from '../words/message.ts';

type ByteWork = Extract<ModelWork, { kind: 'importing' | 'checking' | 'exporting' }>;

export function libraryActions(context: ModelsContext) {
  const { deps, store, worker } = context;
  const nameOf = ({ plan }: StoredModel): NamedModel => ({ id: plan.id, revision: plan.revision });

  return {
    refresh: () => context.refresh(),
    choose: (stored: StoredModel) => entryOf(stored).forEach(deps.app.actions.chooseModel),
    /** Hashes everything again. */
    check: (stored: StoredModel) => {
      const key = rowKey(stored.plan);
      void withWork(context, key, byteWork('checking', stored.plan.totalBytes), (signal) =>
        worker().call('verifyModel', nameOf(stored), {
          signal,
          onEvent: byteTeller(context, key, 'checking'),
        }),
      ).then((result) => result && setWork(context, key, { kind: 'checked', ...result }));
    },
    exportTo: (stored: StoredModel, folder: FileSystemDirectoryHandle) => {
      const key = rowKey(stored.plan);
      void withWork(context, key, byteWork('exporting', stored.plan.totalBytes), async (signal) => {
        const onEvent = byteTeller(context, key, 'exporting');
        await worker().call('exportModel', { ...nameOf(stored), folder }, { signal, onEvent });
        deps.app.actions.tell(message('modelExported', stored.plan.card.name, folder.name));
      });
    },
    /** It goes when the sheet closes; until then it can be kept after all. */
    remove: (stored: StoredModel) => leave(context, stored),
    keep: (stored: StoredModel) =>
      store.setState(({ leaving }) => ({
        leaving: leaving.filter((key) => key !== libraryKey(stored.plan)),
      })),
    /** The sheet closed: what was removed goes for good. */
    removeLeaving: async (): Promise<void> => {
      const { leaving, library } = store.getState();
      store.setState({ leaving: [] });
      for (const stored of library.models.filter(({ plan }) => leaving.includes(libraryKey(plan)))) {
        try {
          await worker().call('deleteModel', nameOf(stored));
        } catch (error) {
          deps.app.actions.tell(message('modelNotDeleted', stored.plan.card.name, toPlainError(error)));
        }
      }
      if (leaving.length > 0) await context.refresh();
    },
  };
}

export const byteWork = (kind: ByteWork['kind'], totalBytes: number): ByteWork => ({
  kind,
  loadedBytes: 0,
  totalBytes,
});

export function byteTeller(context: ModelsContext, key: string, kind: ByteWork['kind']) {
  return (progress: ByteEvent) => {
    if (context.running.has(key)) setWork(context, key, { kind, ...progress });
  };
}
