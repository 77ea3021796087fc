/** LoRAs and embeddings: added as files, called in prompts. */
import { loraTag } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { toPlainError } from '../../domain/errors.ts';
import type { Extra } from '../../domain/model/extra.ts';
import type { NewExtra } from '../../engine/model-protocol.ts';
import { message } from '../words/message.ts';
import type { ModelsContext } from './models-context.ts';
import type { ExtraWork } from './models-state.ts';

/** What a prompt writes for it; null for what no prompt calls. */
export function callOf({ kind, name }: Extra): string | null {
  if (kind === 'vae') return null;
  return kind === 'lora' ? loraTag({ name, unetWeight: 1, textWeight: 1 }) : name;
}

const lorasFirst = (a: Extra, b: Extra) =>
  Number(b.kind === 'lora') - Number(a.kind === 'lora') || a.name.localeCompare(b.name);

export function extraActions(context: ModelsContext) {
  const { deps, store, worker } = context;
  /** Deleted files, by name, until the sheet closes. */
  const gone = new Map<string, NewExtra>();

  const setWork = (fileName: string, work: ExtraWork | null) =>
    store.setState(({ adding }) => {
      const others = Object.entries(adding).filter(([other]) => other !== fileName);
      return { adding: Object.fromEntries(work ? [...others, [fileName, work] as const] : others) };
    });

  /** Throws `storage-failed`. */
  const listExtras = () => worker().call('listExtras', null);

  const refreshExtras = async (): Promise<void> => {
    try {
      const extras = await listExtras();
      store.setState({ extras: [...extras].sort(lorasFirst) });
    } catch (error) {
      store.setState({ load: { status: 'failed', error: toPlainError(error) } });
    }
  };

  const addOne = async (added: NewExtra): Promise<void> => {
    const { file } = added;
    setWork(file.name, { kind: 'adding' });
    try {
      await worker().call('addExtra', added);
      setWork(file.name, null);
    } catch (error) {
      setWork(file.name, { kind: 'failed', error: toPlainError(error) });
    }
    await refreshExtras();
  };

  return {
    listExtras,
    refreshExtras,
    /** One after the other: each is looked at as a whole. peft's settings belong to the file that is chosen with them. */
    addExtras: async (files: readonly File[]): Promise<void> => {
      const settings = files.find(({ name }) => name === 'adapter_config.json');
      const adapterConfig = await settings?.text();
      const others = files.filter((file) => file !== settings);
      if (settings && others.length === 0) await addOne({ file: settings });
      for (const file of others) await addOne({ file, adapterConfig });
    },
    /** The file is held until the sheet closes. */
    deleteExtra: async ({ kind, name }: Extra): Promise<void> => {
      try {
        const deleted = await worker().call('deleteExtra', { kind, name });
        gone.set(deleted.file.name, deleted);
        setWork(deleted.file.name, { kind: 'deleted' });
      } catch (error) {
        deps.app.actions.tell(message('failed', toPlainError(error)));
      }
      await refreshExtras();
    },
    restoreExtra: async (fileName: string): Promise<void> => {
      const deleted = gone.get(fileName);
      gone.delete(fileName);
      if (deleted) await addOne(deleted);
    },
    /** The sheet closed. */
    forgetDeleted: () => {
      gone.clear();
      const left = Object.entries(store.getState().adding).filter(([, { kind }]) => kind !== 'deleted');
      store.setState({ adding: Object.fromEntries(left) });
    },
    copyCall: async (call: string): Promise<void> => {
      try {
        await navigator.clipboard.writeText(call);
        deps.app.actions.tell(message('callCopied', call));
      } catch {
        deps.app.actions.tell(message('copyRefused'));
      }
    },
    dismissExtra: (fileName: string) => setWork(fileName, null),
  };
}
