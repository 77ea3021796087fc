import { Download, Film, Image, RotateCcw, X } from 'lucide-react';
import { saveFile } from '../../base/save-file.ts';
import { useApp, useAppState } from '../hooks.ts';
import type { QueueEntry } from '../queue-state.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { DragHandle } from '../../base/controls/drag-handle.tsx';
import { placeProps, type Reorder } from '../../base/controls/use-reorder.ts';
import { jobName, jobWords, queueFraction, stateWords } from './queue-words.ts';
import { progressOf, waitingSec } from './queue-time.ts';
import { TimeLeft } from '../../base/controls/time-left.tsx';
import { useWords } from '../../words/words-context.tsx';
import { ProgressBar } from '../../base/controls/progress-bar.tsx';
import styles from './queue-row.module.css';

interface QueueRowProps {
  readonly entry: QueueEntry;
  /** All that wait, in order. */
  readonly waiting: readonly QueueEntry[];
  readonly reorder: Reorder;
}

export function QueueRow({ entry, waiting, reorder }: QueueRowProps) {
  const words = useWords();
  const { job, state, id } = entry;
  const name = jobName(words, job);
  const Kind = job.kind === 'film' ? Film : Image;
  const index = waiting.indexOf(entry);
  return (
    <li
      className={styles.job}
      aria-label={name}
      data-job={index >= 0 || undefined}
      {...placeProps(reorder, id, index, waiting.length)}
    >
      {index >= 0 && waiting.length > 1 ? (
        <DragHandle
          className={styles.handle}
          label={words.queue.move(name, index + 1, waiting.length)}
          handlers={reorder.handle(id, index)}
        />
      ) : null}
      <Kind className={styles.kind} size={17} aria-hidden />
      <div className={styles.words}>
        <p className={styles.label} dir="auto" title={job.label}>
          {job.label || words.film.untitled}
        </p>
        <p className="hint">{jobWords(words, job)}</p>
        <HowFar entry={entry} />
      </div>
      {state.status === 'failed' || state.status === 'ready' ? <After entry={entry} /> : null}
      <CancelButton entry={entry} />
    </li>
  );
}

function HowFar({ entry }: { entry: QueueEntry }) {
  const words = useWords();
  const seconds = useAppState((state) => waitingSec(state, entry));
  const progress = progressOf(entry);
  const { status } = entry.state;
  const fraction = queueFraction(progress);
  const endMs = progress?.expectedEndMs ?? null;
  return (
    <>
      <p className={status === 'failed' ? 'problem' : styles.state}>
        {stateWords(words, entry, progress)}
        {status === 'waiting' && seconds !== null
          ? ` · ${words.queue.willTake(words.format.seconds(Math.ceil(seconds)))}`
          : null}
        <TimeLeft endMs={endMs} />
        {entry.state.status === 'failed' ? ` ${words.errors[entry.state.error.code].advice}` : null}
      </p>
      {status === 'running' ? (
        <ProgressBar label={words.queue.progressOf(jobName(words, entry.job))} fraction={fraction} />
      ) : null}
    </>
  );
}

/** What can be done about one that has ended. */
function After({ entry: { id, job, state } }: { entry: QueueEntry }) {
  const words = useWords();
  const name = jobName(words, job);
  const { queue } = useApp();
  const save = () => {
    const file = queue.file(id);
    if (file && state.status === 'ready') saveFile(file, state.fileName);
  };
  return state.status === 'ready' ? (
    <IconButton label={words.queue.saveOne(name)} icon={Download} onClick={save} />
  ) : (
    <IconButton label={words.queue.tryOne(name)} icon={RotateCcw} onClick={() => queue.retry(id)} />
  );
}

function CancelButton({ entry: { id, job, state } }: { entry: QueueEntry }) {
  const words = useWords();
  const name = jobName(words, job);
  const { queue } = useApp();
  const active = state.status === 'running' || state.status === 'waiting';
  return (
    <IconButton
      label={active ? words.queue.cancelOne(name) : words.queue.removeOne(name)}
      icon={X}
      disabled={state.status === 'running' && state.cancelling}
      onClick={() => queue.cancel(id)}
    />
  );
}
