import type { PlainError } from '../../../domain/errors.ts';
import type { ModelPlan } from '../../../domain/model/plan.ts';
import { useModelsActions } from '../models-hooks.tsx';
import type { ModelWork } from '../models-state.ts';
import { ErrorMessage } from '../../base/controls/error-details.tsx';
import { Meter } from './meter.tsx';
import { checkedWords, downloadWords } from './model-words.ts';
import { useWords } from '../../words/words-context.tsx';
import shared from './model.module.css';
import styles from './model-work.module.css';

interface WorkProps {
  readonly rowKey: string;
  readonly name: string;
  readonly work: ModelWork;
  readonly onRetry: () => void;
}

/** What is going on with a model, and the way to stop it. */
export function ModelWorkView({ rowKey, name, work, onRetry }: WorkProps) {
  const words = useWords();
  const { models, common, format } = words;
  const { pause, cancel, dismissWork } = useModelsActions();
  switch (work.kind) {
    case 'inspecting':
      return (
        <div className={shared.work}>
          <p role="status">{models.inspecting}</p>
          <div className={shared.actions}>
            <button type="button" className="button outline" onClick={() => pause(rowKey)}>
              {common.cancel}
            </button>
          </div>
        </div>
      );
    case 'downloading':
      return (
        <div className={shared.work}>
          <Meter label={models.downloadOf(name)} part={work.loadedBytes} whole={work.totalBytes} />
          <p className={shared.progress}>{downloadWords(words, work)}</p>
          <div className={shared.actions}>
            <button
              type="button"
              className="button outline"
              aria-disabled={work.pausing || undefined}
              onClick={() => pause(rowKey)}
            >
              {models.pause}
            </button>
            <button type="button" className="button" onClick={() => cancel(rowKey)}>
              {common.cancel}
            </button>
          </div>
        </div>
      );
    case 'importing':
    case 'checking':
    case 'exporting':
      return (
        <div className={shared.work}>
          <Meter
            label={models.byteWorkOf(models.byteWork[work.kind], name)}
            part={work.loadedBytes}
            whole={work.totalBytes}
          />
          <p className={shared.progress}>
            {models.byteWorkDone(
              models.byteWork[work.kind],
              format.bytesOf(work.loadedBytes, work.totalBytes),
            )}
          </p>
          <div className={shared.actions}>
            <button type="button" className="button outline" onClick={() => pause(rowKey)}>
              {models.stop}
            </button>
          </div>
        </div>
      );
    case 'checked':
      return (
        <p className={shared.work} role="status">
          {checkedWords(models, work.damagedFiles, work.repairedChunks)}
        </p>
      );
    case 'failed':
      return (
        <FailedWork
          error={work.error}
          plan={work.plan}
          onRetry={onRetry}
          onDismiss={() => dismissWork(rowKey)}
        />
      );
  }
}

interface FailedProps {
  readonly error: PlainError;
  readonly plan: ModelPlan | null;
  readonly onRetry: () => void;
  readonly onDismiss: () => void;
}

function FailedWork({ error, plan, onRetry, onDismiss }: FailedProps) {
  const { models, common } = useWords();
  const { runFromMemory } = useModelsActions();
  return (
    <div className={`${shared.work} ${shared.failure}`} role="alert">
      <ErrorText error={error} />
      <div className={shared.actions}>
        <button type="button" className="button outline" onClick={onRetry}>
          {common.tryAgain}
        </button>
        {error.code === 'storage-full' && plan ? (
          <button type="button" className="button outline" onClick={() => runFromMemory(plan)}>
            {models.runFromMemory}
          </button>
        ) : null}
        <button type="button" className="button" onClick={onDismiss}>
          {common.dismiss}
        </button>
      </div>
    </div>
  );
}

/** The message tells which file, which host, what is missing. */
export function ErrorText({ error }: { error: PlainError }) {
  const { title, advice } = useWords().errors[error.code];
  return (
    <>
      <p className={styles.title}>{title}</p>
      <ErrorMessage error={error} />
      <p className="hint">{advice}</p>
    </>
  );
}
