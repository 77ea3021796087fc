/** LoRAs and embeddings: added as files, called in prompts. */
import { loraTag } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { toPlainError } from '../../domain/errors.ts';
import type { Extra } from '../../domain/model/extra.ts';
import { message } from '../words/message.ts';
import type { ModelsContext } from './models-context.ts';
import type { ExtraWork } from './models-state.ts';

/** What a prompt writes for it. */
export const callOf = ({ kind, name }: Extra) =>
  kind === 'lora' ? loraTag({ name, unetWeight: 1, textWeight: 1 }) : name;

export function extraActions(context: ModelsContext) {
  const { deps, store, worker } = context;
  /** Deleted files, by name, until the sheet closes. */
  const gone = new Map<string, File>();

  const setWork = (fileName: string, work: ExtraWork | null) =>
    store.setState(({ adding }) => {
      const others = Object.entries(adding).filter(([other]) => other !== fileName);
      return { adding: Object.fromEntries(work ? [...others, [fileName, work] as const] : others) };
    });

  const refreshExtras = async (): Promise<void> => {
    try {
      const extras = await worker().call('listExtras', null);
      store.setState({ extras: [...extras].sort((a, b) => a.name.localeCompare(b.name)) });
    } catch (error) {
      store.setState({ load: { status: 'failed', error: toPlainError(error) } });
    }
  };

  const addOne = async (file: File): Promise<void> => {
    setWork(file.name, { kind: 'adding' });
    try {
      await worker().call('addExtra', { file });
      setWork(file.name, null);
    } catch (error) {
      setWork(file.name, { kind: 'failed', error: toPlainError(error) });
    }
    await refreshExtras();
  };

  return {
    refreshExtras,
    /** One after the other: each is looked at as a whole. */
    addExtras: async (files: readonly File[]): Promise<void> => {
      for (const file of files) await addOne(file);
    },
    /** The file is held until the sheet closes. */
    deleteExtra: async ({ kind, name }: Extra): Promise<void> => {
      try {
        const file = await worker().call('deleteExtra', { kind, name });
        gone.set(file.name, file);
        setWork(file.name, { kind: 'deleted' });
      } catch (error) {
        deps.app.actions.tell(message('failed', toPlainError(error)));
      }
      await refreshExtras();
    },
    restoreExtra: async (fileName: string): Promise<void> => {
      const file = gone.get(fileName);
      gone.delete(fileName);
      if (file) await addOne(file);
    },
    /** The sheet closed. */
    forgetDeleted: () => {
      gone.clear();
      const left = Object.entries(store.getState().adding).filter(([, { kind }]) => kind !== 'deleted');
      store.setState({ adding: Object.fromEntries(left) });
    },
    copyCall: async (extra: Extra): Promise<void> => {
      try {
        await navigator.clipboard.writeText(callOf(extra));
        deps.app.actions.tell(message('callCopied', callOf(extra)));
      } catch {
        deps.app.actions.tell(message('copyRefused'));
      }
    },
    dismissExtra: (fileName: string) => setWork(fileName, null),
  };
}
