import { libraryKey, type StoredModel } from '../../../domain/model/stored-model.ts';
import { useAppState } from '../hooks.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { proposedKey, rowFit, type ModelRow } from '../models-state.ts';
import { FilledFiles } from './filled-files.tsx';
import { Meter } from './meter.tsx';
import { ModelHead } from './model-head.tsx';
import { ModelWorkView } from './model-work.tsx';
import { StoredActions } from './stored-actions.tsx';
import { currentModel } from '../chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './model.module.css';

/** A model of the catalogue, or one that the person brought. */
export function ModelRowView({ row }: { row: ModelRow }) {
  const { models, format } = useWords();
  const { entry, stored, key } = row;
  const state = useModelsState((all) => all);
  const currentKey = useAppState((app) => libraryKey(currentModel(app).ref));
  const { download, downloadEntry } = useModelsActions();
  const card = stored?.plan.card ?? entry!.card;
  const ready = stored?.state.kind === 'ready';
  const inUse = ready && libraryKey(stored.plan) === currentKey;
  const leaving = stored !== null && state.leaving.includes(libraryKey(stored.plan));
  const work = state.work[key];
  const fetchIt = () => (stored ? download(stored.plan) : entry && downloadEntry(entry));
  return (
    <li className={styles.row} aria-label={card.name}>
      <ModelHead
        card={card}
        licenceUrl={entry?.licenceUrl}
        sizeBytes={stored?.plan.totalBytes ?? entry!.downloadBytes}
        revision={stored?.plan.revision}
        fit={rowFit(row, state)}
        badge={inUse ? models.inUse : proposedKey(state) === key && !ready ? models.recommended : null}
      />
      {stored ? <FilledFiles plan={stored.plan} /> : null}
      {work ? <ModelWorkView rowKey={key} name={card.name} work={work} onRetry={fetchIt} /> : null}
      {leaving ? <Leaving stored={stored} /> : null}
      {leaving || (work && work.kind !== 'checked') ? null : stored?.state.kind === 'ready' ? (
        <StoredActions stored={stored} inUse={inUse} />
      ) : stored ? (
        <Partial stored={stored} onResume={fetchIt} />
      ) : (
        <div className={styles.actions}>
          <button type="button" className="button outline" onClick={fetchIt}>
            {models.download(format.bytes(entry!.downloadBytes))}
          </button>
        </div>
      )}
    </li>
  );
}

function Partial({ stored, onResume }: { stored: StoredModel; onResume: () => void }) {
  const { models, format } = useWords();
  const { remove } = useModelsActions();
  const { plan, state } = stored;
  const loadedBytes = state.kind === 'partial' ? state.loadedBytes : plan.totalBytes;
  return (
    <div className={styles.work}>
      <Meter label={models.downloadOf(plan.card.name)} part={loadedBytes} whole={plan.totalBytes} />
      <p className={styles.progress}>{models.paused(format.bytesOf(loadedBytes, plan.totalBytes))}</p>
      <div className={styles.actions}>
        <button type="button" className="button outline" onClick={onResume}>
          {models.resume}
        </button>
        <button type="button" className="button" onClick={() => remove(stored)}>
          {models.discard}
        </button>
      </div>
    </div>
  );
}

function Leaving({ stored }: { stored: StoredModel }) {
  const { models } = useWords();
  const { keep } = useModelsActions();
  return (
    <div className={styles.actions} role="status">
      <p>{models.leaving}</p>
      <button type="button" className="button outline" onClick={() => keep(stored)}>
        {models.undo}
      </button>
    </div>
  );
}
