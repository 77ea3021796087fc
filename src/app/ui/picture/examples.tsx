import { currentModel } from '../../state/app-state.ts';
import { useActions, useAppState } from '../../state/app-hooks.tsx';

/** For the first visit: what this model is, and prompts that it does well. */
export function Examples() {
  const { edit, warmUp } = useActions();
  const card = useAppState((state) => currentModel(state).card);
  const needed = useAppState((state) => state.pictures.length === 0);
  if (!needed) return null;
  return (
    <section className="examples" aria-label="Examples">
      <p className="hint">
        <strong>{card.name} model.</strong> {card.description}
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
