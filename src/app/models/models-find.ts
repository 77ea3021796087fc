/** Models that the catalogue does not know: a repository by its name or address, or a folder on disk. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { parseAskedAddress, parseFileAddress } from '../../domain/model/model-id.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { PickedFile } from '../../engine/model-protocol.ts';
import { rowKey, type ModelsState } from './models-state.ts';
import { byteTeller, byteWork } from './models-library.ts';
import { askToPersist, entryOf, withWork, type ModelsContext } from './models-context.ts';
import { message } from '../words/message.ts';

export function findActions(context: ModelsContext) {
  const { deps, store, worker } = context;
  let search: AbortController | null = null;
  let picked: readonly PickedFile[] = [];

  /** Only the latest search counts. */
  const look = async (from: 'hub' | 'disk', ask: (signal: AbortSignal) => Promise<readonly ModelPlan[]>) => {
    search?.abort();
    const current = (search = new AbortController());
    const end = (found: ModelsState['found']) => search === current && store.setState({ found });
    store.setState({ found: { status: 'looking' } });
    // Whether it fits depends on the room that is left now.
    void context.refresh();
    try {
      end({ status: 'plans', plans: await ask(current.signal), from });
    } catch (error) {
      if (!isAbort(error)) end({ status: 'failed', error: toPlainError(error) });
    }
  };

  return {
    /** `owner/name`, `owner/name:folder`, or a page of the hub. */
    findOnHub: (text: string) =>
      look('hub', async (signal) => {
        const url = parseFileAddress(text);
        const ownHubUrl = deps.app.store.getState().preferences.hubUrl;
        if (url) return worker().call('inspectAddress', { url, hubUrl: ownHubUrl }, { signal });
        const { repository, folder, precision, revision, hubUrl } = parseAskedAddress(text);
        const question = {
          repository,
          folder,
          revision: revision ?? 'main',
          hubUrl: hubUrl ?? ownHubUrl,
        };
        const plans = await worker().call('inspectRepository', question, { signal });
        const wanted = plans.filter((plan) => precision === null || plan.precision === precision);
        return wanted.length > 0 ? wanted : plans;
      }),
    findInFolder: (folderName: string, files: readonly PickedFile[]) => {
      picked = files;
      return look('disk', (signal) =>
        worker().call(
          'inspectFolder',
          { folderName, files, hubUrl: deps.app.store.getState().preferences.hubUrl },
          { signal },
        ),
      );
    },
    /** Copies the folder that was looked at. */
    importPlan: (plan: ModelPlan): void => {
      const key = rowKey(plan);
      const files = picked;
      askToPersist(context);
      void withWork(context, key, byteWork('importing', plan.totalBytes), async (signal) => {
        const onEvent = byteTeller(context, key, 'importing');
        const stored = await worker().call('importModel', { plan, files }, { signal, onEvent });
        entryOf(stored).forEach(deps.app.actions.chooseModel);
        deps.app.actions.tell(message('modelReady', plan.card.name));
      });
    },
    forgetFound: () => {
      search?.abort();
      picked = [];
      store.setState({ found: { status: 'nothing' } });
    },
  };
}
