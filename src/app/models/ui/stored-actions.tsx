import type { StoredModel } from '../../../domain/model/stored-model.ts';
import { isAbort } from '../../../domain/errors.ts';
import { useModelsActions } from '../models-hooks.tsx';
import { useWords } from '../../words/words-context.tsx';
import shared from './model.module.css';
import styles from './stored-actions.module.css';

/** Chromium only, so far. */
type PickFolder = (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;
const pickFolder = () => (window as { showDirectoryPicker?: PickFolder }).showDirectoryPicker;

/** What can be done with a model that is here. */
export function StoredActions({ stored, inUse }: { stored: StoredModel; inUse: boolean }) {
  const { models, common } = useWords();
  const { choose, check, exportTo, remove } = useModelsActions();
  const exportModel = async () => {
    try {
      exportTo(stored, await pickFolder()!.call(window, { mode: 'readwrite' }));
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  };
  const lastUsedAtMs = stored.state.kind === 'ready' ? stored.state.lastUsedAtMs : null;
  return (
    <div className={shared.actions}>
      {inUse ? null : (
        <button type="button" className="button primary" onClick={() => choose(stored)}>
          {models.use}
        </button>
      )}
      <button type="button" className="button" onClick={() => check(stored)}>
        {models.check}
      </button>
      {pickFolder() ? (
        <button type="button" className="button" onClick={() => void exportModel()}>
          {models.export}
        </button>
      ) : null}
      <button type="button" className="button" onClick={() => remove(stored)}>
        {common.delete}
      </button>
      <p className={`hint ${styles.used}`}>
        {lastUsedAtMs === null ? models.neverUsed : models.lastUsed(lastUsedAtMs)}
      </p>
    </div>
  );
}
