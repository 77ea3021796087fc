import { useAppState } from '../hooks.ts';
import PaintDialog from './paint-dialog.tsx';

/** The picture that is being changed, with what changes it. */
export default function Editor() {
  const editing = useAppState((state) => state.editing);
  if (!editing) return null;
  return <PaintDialog key={editing.url} picture={editing} />;
}
