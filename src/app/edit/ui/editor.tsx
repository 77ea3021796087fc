import { lazy, Suspense, type ComponentType } from 'react';
import type { EditedPicture, EditTool } from '../../picture/picture-state.ts';
import { useAppState } from '../hooks.ts';

const dialogs: Record<EditTool, ComponentType<{ picture: EditedPicture }>> = {
  paint: lazy(() => import('./paint-dialog.tsx')),
  widen: lazy(() => import('./widen-dialog.tsx')),
  enlarge: lazy(() => import('./enlarge-picture-dialog.tsx')),
};

/** The picture that is being changed, with what changes it. */
export default function Editor() {
  const editing = useAppState((state) => state.editing);
  if (!editing) return null;
  const Dialog = dialogs[editing.tool];
  return (
    <Suspense>
      <Dialog key={editing.url} picture={editing} />
    </Suspense>
  );
}
