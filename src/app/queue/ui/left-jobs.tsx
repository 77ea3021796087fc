import { Play } from 'lucide-react';
import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { jobName, kindsWords } from './queue-words.ts';

/** Left behind when the page was reloaded or closed: nothing is made of it before the person says so. */
export function LeftJobs() {
  const { goOn, discardLeft } = useActions();
  const left = useAppState((state) => state.queue.left);
  const [first, ...others] = left;
  return (
    <div className="line-left" role="alert">
      <p>
        {left.length === 1 ? '1 job is' : `${left.length} jobs are`} waiting from before: {kindsWords(left)}
        {first && others.length === 0 ? `, ${jobName(first.job)}` : ''}. Go on?
      </p>
      <div className="row">
        <button type="button" className="button primary" onClick={() => void goOn()}>
          <Play size={16} aria-hidden />
          Go on
        </button>
        <button type="button" className="button outline" onClick={() => void discardLeft()}>
          Discard
        </button>
      </div>
    </div>
  );
}
