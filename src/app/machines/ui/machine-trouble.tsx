import type { PlainError } from '../../../domain/errors.ts';
import { useWords } from '../../words/words-context.tsx';
import { useMachineWords } from './use-machine-words.ts';
import styles from './machine-trouble.module.css';

/**
 * Why a machine cannot be used, and what to do about it: with the option that its server needs, ready to be copied. `plain`: in a box that has
 * said already what went wrong.
 */
export default function MachineTrouble({ error, plain = false }: { error: PlainError; plain?: boolean }) {
  const words = useMachineWords();
  const { errors } = useWords();
  const { kind, why, said, retryAfterSec } = error.elsewhere ?? {};
  const { title, advice } = errors[error.code];
  return (
    <div className={plain ? styles.plain : styles.trouble} role={plain ? undefined : 'alert'}>
      {plain ? null : <p className="problem">{title}</p>}
      <p>{why ? words.why[why] : advice}</p>
      {kind && (why === 'cors' || why === 'gone') ? (
        <p>
          {/* An isolated page is not told which of the two it is. */}
          {why === 'gone' ? `${words.ifRunning} ` : null}
          {words.startItWith('')} <code dir="ltr">{words.corsOptions[kind](location.origin)}</code>
        </p>
      ) : null}
      {retryAfterSec === undefined ? null : <p>{words.retryAfter(retryAfterSec)}</p>}
      {said ? <p className="hint">{words.said(said)}</p> : null}
    </div>
  );
}
