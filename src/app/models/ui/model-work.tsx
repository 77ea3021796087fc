import type { PlainError } from '../../../domain/errors.ts';
import type { ModelPlan } from '../../../domain/model/plan.ts';
import { useModelsActions } from '../models-hooks.tsx';
import type { ModelWork } from '../models-state.ts';
import { errorWords } from '../../base/error-words.ts';
import { formatBytesOf } from '../../base/format.ts';
import { Meter } from './meter.tsx';
import { byteWorkNames, checkedWords, downloadWords } from './model-words.ts';

interface WorkProps {
  readonly rowKey: string;
  readonly name: string;
  readonly work: ModelWork;
  readonly onRetry: () => void;
}

/** What is going on with a model, and the way to stop it. */
export function ModelWorkView({ rowKey, name, work, onRetry }: WorkProps) {
  const { pause, cancel, dismissWork } = useModelsActions();
  switch (work.kind) {
    case 'inspecting':
      return (
        <div className="model-work">
          <p role="status">Asking the hub what there is …</p>
          <div className="model-actions">
            <button type="button" className="button outline" onClick={() => pause(rowKey)}>
              Cancel
            </button>
          </div>
        </div>
      );
    case 'downloading':
      return (
        <div className="model-work">
          <Meter label={`Download of ${name}`} part={work.loadedBytes} whole={work.totalBytes} />
          <p className="model-progress">{downloadWords(work)}</p>
          <div className="model-actions">
            <button
              type="button"
              className="button outline"
              aria-disabled={work.pausing || undefined}
              onClick={() => pause(rowKey)}
            >
              Pause
            </button>
            <button type="button" className="button" onClick={() => cancel(rowKey)}>
              Cancel
            </button>
          </div>
        </div>
      );
    case 'importing':
    case 'checking':
    case 'exporting':
      return (
        <div className="model-work">
          <Meter
            label={`${byteWorkNames[work.kind]} ${name}`}
            part={work.loadedBytes}
            whole={work.totalBytes}
          />
          <p className="model-progress">
            {byteWorkNames[work.kind]}: {formatBytesOf(work.loadedBytes, work.totalBytes)}
          </p>
          <div className="model-actions">
            <button type="button" className="button outline" onClick={() => pause(rowKey)}>
              Stop
            </button>
          </div>
        </div>
      );
    case 'checked':
      return (
        <p className="model-work" role="status">
          {checkedWords(work.damagedFiles, work.repairedChunks)}
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
  const { runFromMemory } = useModelsActions();
  return (
    <div className="model-work model-failure" role="alert">
      <ErrorText error={error} />
      <div className="model-actions">
        <button type="button" className="button outline" onClick={onRetry}>
          Try again
        </button>
        {error.code === 'storage-full' && plan ? (
          <button type="button" className="button outline" onClick={() => runFromMemory(plan)}>
            Run from memory
          </button>
        ) : null}
        <button type="button" className="button" onClick={onDismiss}>
          Dismiss
        </button>
      </div>
    </div>
  );
}

/** The message tells which file, which host, what is missing. */
export function ErrorText({ error }: { error: PlainError }) {
  const { title, advice } = errorWords[error.code];
  return (
    <>
      <p className="model-failure-title">{title}</p>
      <p>{error.message}</p>
      <p className="hint">{advice}</p>
    </>
  );
}
