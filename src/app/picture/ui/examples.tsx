import { useState } from 'react';
import { useActions, useApp, useAppState } from '../../shell/app-hooks.tsx';
import { keepSizesWhole } from '../../base/format.ts';
import { currentModel } from '../../models/chosen-model.ts';

/** For the first visit: what this model is, and prompts that it does well. */
export function Examples() {
  const { edit, warmUp } = useActions();
  const card = useAppState((state) => currentModel(state).card);
  const { store } = useApp();
  // Stays for the whole first visit, so that nothing jumps when the first picture comes.
  const [firstVisit] = useState(() => Object.keys(store.getState().timings).length === 0);
  if (!firstVisit) return null;
  return (
    <section className="examples" aria-label="Examples">
      <p className="hint">
        <strong>{card.name} model.</strong> {keepSizesWhole(card.description)}
      </p>
      <ul className="chips">
        {card.examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              className="chip"
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
