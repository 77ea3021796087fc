import { useActions, useAppState } from '../hooks.ts';
import { ModelHead } from './model-head.tsx';
import type { ModelEntry } from '../../../domain/model/model.ts';
import { currentModel } from '../chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './model.module.css';

/** A model that needs no library: it came with the app, or it lives in memory for this visit. */
export function GivenRow({ model }: { model: ModelEntry }) {
  const { models } = useWords();
  const { chooseModel } = useActions();
  const inUse = useAppState((state) => currentModel(state).ref.id === model.ref.id);
  const { source, revision } = model.ref;
  const sizeBytes =
    source.kind === 'http'
      ? source.files.reduce((sum, file) => sum + file.sizeBytes, 0)
      : source.kind === 'hub'
        ? source.plan.totalBytes
        : 0;
  return (
    <li className={styles.row} aria-label={model.card.name}>
      <ModelHead
        card={model.card}
        sizeBytes={sizeBytes}
        revision={revision}
        fit={null}
        badge={inUse ? models.inUse : null}
      />
      {source.kind === 'hub' ? <p className="hint">{models.memoryOnly}</p> : null}
      {inUse ? null : (
        <div className={styles.actions}>
          <button type="button" className="button primary" onClick={() => chooseModel(model)}>
            {models.use}
          </button>
        </div>
      )}
    </li>
  );
}
