import { Play } from 'lucide-react';
import { useActions, useAppState } from '../hooks.ts';
import { jobName, kindsWords } from './queue-words.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './left-jobs.module.css';

/** Left behind when the page was reloaded or closed: nothing is made of it before the person says so. */
export function LeftJobs() {
  const words = useWords();
  const { queue } = words;
  const { goOn, discardLeft } = useActions();
  const left = useAppState((state) => state.queue.left);
  const [first, ...others] = left;
  return (
    <div className={styles.left} role="alert">
      <p>
        {first && others.length === 0
          ? queue.leftOne(kindsWords(queue, left), jobName(words, first.job))
          : queue.left(left.length, kindsWords(queue, left))}
      </p>
      <div className="row">
        <button type="button" className="button primary" onClick={() => void goOn()}>
          <Play size={16} aria-hidden />
          {queue.goOn}
        </button>
        <button type="button" className="button outline" onClick={() => void discardLeft()}>
          {queue.discard}
        </button>
      </div>
    </div>
  );
}
