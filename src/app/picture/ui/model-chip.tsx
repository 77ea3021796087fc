import { ChevronDown } from 'lucide-react';
import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { DownloadBadge } from '../../models/ui/download-badge.tsx';
import { currentModel } from '../../models/chosen-model.ts';

/** Which model draws, and the way to another. */
export function ModelChip() {
  const name = useAppState((state) => currentModel(state).card.name);
  const { openModels } = useActions();
  return (
    <button type="button" className="button model-chip" onClick={() => openModels()}>
      <span className="visually-hidden">Model: </span>
      {name}
      <DownloadBadge />
      <ChevronDown size={15} aria-hidden />
    </button>
  );
}
