import { useDeferredValue, useMemo } from 'react';
import { isDoubt, promptFacts } from '../../../domain/diffusion/prompt/prompt-facts.ts';
import { useWords } from '../../words/words-context.tsx';
import { useAppState } from '../hooks.ts';
import styles from './prompt-facts.module.css';

/** So many fit under a prompt; doubts are always shown. */
const maxShown = 8;

/** What the prompt box understood beside words, and what it did not. */
export default function PromptFacts() {
  const { prompt: words } = useWords();
  const prompt = useDeferredValue(useAppState((state) => state.draft.prompt));
  const steps = useAppState((state) => state.draft.steps);
  const lists = useAppState((state) => state.lists);
  const facts = useMemo(() => promptFacts(prompt, usable(steps), lists), [prompt, steps, lists]);
  if (facts.length === 0) return null;
  const sure = facts.filter((fact) => !isDoubt(fact));
  const shown = [...sure.slice(0, maxShown), ...facts.filter(isDoubt)];
  return (
    <ul className={styles.facts} aria-label={words.facts}>
      {shown.map((fact, at) => (
        <li key={at} className={styles.fact} data-doubt={isDoubt(fact) || undefined}>
          <bdi>{words.fact(fact)}</bdi>
        </li>
      ))}
      {sure.length > maxShown ? (
        <li className={styles.fact}>{words.moreFacts(sure.length - maxShown)}</li>
      ) : null}
    </ul>
  );
}

/** The field may be empty just now. */
const usable = (steps: number) => (Number.isInteger(steps) && steps >= 1 && steps <= 1000 ? steps : 20);
