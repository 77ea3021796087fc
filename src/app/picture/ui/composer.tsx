import { lazy, Suspense, useRef } from 'react';
import { useActions, useAppState } from '../hooks.ts';
import { Examples } from './examples.tsx';
import { Extras } from './extras-toggle.tsx';
import { PromptBox } from './prompt-box.tsx';
import { IfCan } from './if-can.tsx';
import { SpeedField } from './speed-field.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './composer.module.css';
import { isPaid } from '../../machines/machine-state.ts';
import { currentModel } from '../../models/chosen-model.ts';
import { Disclosure } from '../../base/controls/disclosure.tsx';

const AdvancedPanel = lazy(() => import('./advanced-panel.tsx'));
const MachineCost = lazy(() => import('./machine-cost.tsx'));

/** Everything that is said about the next picture. */
export function Composer() {
  const { picture } = useWords();
  const { generate, prefer } = useActions();
  const advancedOpen = useAppState((state) => state.preferences.advancedOpen);
  const costs = useAppState((state) => isPaid(state, currentModel(state)));
  const form = useRef<HTMLFormElement>(null);

  const submit = () => {
    const wrong = Object.keys(generate());
    if (wrong.length === 0) return;
    if (wrong.some((field) => field !== 'prompt')) prefer({ advancedOpen: true });
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <form
      ref={form}
      className={styles.composer}
      aria-label={picture.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        submit();
      }}
    >
      <PromptBox />
      <Examples />
      <Extras />
      {costs ? (
        <Suspense fallback={null}>
          <MachineCost />
        </Suspense>
      ) : null}
      <IfCan feature="speed">
        <SpeedField />
      </IfCan>
      <Disclosure
        label={picture.advanced}
        open={advancedOpen}
        onOpenChange={(open) => prefer({ advancedOpen: open })}
      >
        <AdvancedPanel />
      </Disclosure>
    </form>
  );
}
