import { Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { currentModel } from '../../state/app-state.ts';
import { useAppState } from '../../state/app-hooks.tsx';

const ModelDialog = lazy(() => import('./model-dialog.tsx'));

/** Which model draws. With one model there is nothing to choose, only to know. */
export function ModelChip() {
  const name = useAppState((state) => currentModel(state).card.name);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button model-chip" onClick={() => setOpen(true)}>
        <span className="visually-hidden">Model: </span>
        {name}
        <Info size={15} aria-hidden />
      </button>
      <Suspense>{open ? <ModelDialog onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
