import { useState } from 'react';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { keepSizesWhole } from '../../base/format.ts';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './examples.module.css';

/** For the first visit: what this model is, and prompts that it does well. */
export function Examples() {
  const { picture, models } = useWords();
  const { edit, warmUp } = useActions();
  const card = useAppState((state) => currentModel(state).card);
  const { store } = useApp();
  // Stays for the whole first visit, so that nothing jumps when the first picture comes.
  const [firstVisit] = useState(() => Object.keys(store.getState().timings).length === 0);
  if (!firstVisit) return null;
  return (
    <section className={styles.examples} aria-label={picture.examples}>
      <p className="hint">
        <strong>{picture.modelNamed(card.name)}</strong>{' '}
        <bdi>{keepSizesWhole(models.descriptions[card.description] ?? card.description)}</bdi>
      </p>
      <ul className={styles.chips}>
        {card.examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              className={styles.chip}
              onClick={() => {
                edit({ prompt: example });
                warmUp();
              }}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
