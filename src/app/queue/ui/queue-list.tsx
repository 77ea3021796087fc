import { useRef } from 'react';
import { useApp, useAppState } from '../hooks.ts';
import { waitingOf } from '../queue-state.ts';
import { useReorder } from '../../base/controls/use-reorder.ts';
import { QueueRow } from './queue-row.tsx';
import styles from './queue-list.module.css';

/** Those that wait change places: by dragging their handle, and with the arrow keys while it has the focus. */
export function QueueList() {
  const { queue } = useApp();
  const entries = useAppState((state) => state.queue.entries);
  const list = useRef<HTMLOListElement>(null);
  const waiting = waitingOf({ entries, left: [] });
  const reorder = useReorder(list, (id, to) => queue.move(id, to), '[data-job]');
  return (
    <ol className={styles.list} ref={list} data-dragging={reorder.dragged !== null || undefined}>
      {entries.map((entry) => (
        <QueueRow key={entry.id} entry={entry} waiting={waiting} reorder={reorder} />
      ))}
    </ol>
  );
}
