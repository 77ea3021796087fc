import { Download, Film, GripVertical, Image, RotateCcw, X } from 'lucide-react';
import { saveFile } from '../../base/save-file.ts';
import { useApp, useAppState } from '../hooks.ts';
import type { QueueEntry } from '../queue-state.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import type { Reorder } from '../../base/controls/use-reorder.ts';
import { jobName, jobWords, queueFraction, stateWords } from './queue-words.ts';
import { progressOf, TimeLeft, waitingSec } from './time-left.tsx';
import { useWords } from '../../words/words-context.tsx';
import { ProgressBar } from '../../base/controls/progress-bar.tsx';

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
  const dragged = reorder.dragged === id;
  return (
    <li
      className="line-job"
      aria-label={name}
      data-job={index >= 0 || undefined}
      data-dragged={dragged || undefined}
      data-landing={index >= 0 ? landing(reorder.target, index, waiting.length) : undefined}
      style={dragged ? { transform: `translateY(${reorder.offsetPx}px)` } : undefined}
    >
      {index >= 0 && waiting.length > 1 ? (
        <button
          type="button"
          className="line-handle"
          aria-label={words.queue.move(name, index + 1, waiting.length)}
          {...reorder.handle(id, index)}
        >
          <GripVertical size={16} aria-hidden />
        </button>
      ) : null}
      <Kind className="line-kind" size={17} aria-hidden />
      <div className="line-words">
        <p className="line-label" dir="auto" title={job.label}>
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

function landing(target: number | null, index: number, count: number): 'before' | 'after' | undefined {
  if (target === index) return 'before';
  return target === count && index === count - 1 ? 'after' : undefined;
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
      <p className={status === 'failed' ? 'problem' : 'line-state'}>
        {stateWords(words, entry, progress)}
        {status === 'waiting' && seconds !== null
          ? ` · ${words.queue.willTake(words.format.seconds(Math.ceil(seconds)))}`
          : null}
        {endMs === null ? null : <TimeLeft key={endMs} endMs={endMs} />}
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
