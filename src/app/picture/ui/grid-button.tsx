import { Grid3x3 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useEditWords } from '../../words/edit-words.ts';

const GridDialog = lazy(() => import('./grid-dialog.tsx'));

/** The way to several settings at once. */
export function GridButton() {
  const { grid } = useEditWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button outline" onClick={() => setOpen(true)}>
        <Grid3x3 size={16} aria-hidden />
        {grid.open}
      </button>
      <Suspense>{open ? <GridDialog onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
