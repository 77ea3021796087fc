import { ChevronDown } from 'lucide-react';
import { useActions, useAppState } from '../hooks.ts';
import { DownloadBadge } from '../../models/ui/download-badge.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './model-chip.module.css';

/** Which model draws, and the way to another. */
export function ModelChip() {
  const name = useAppState((state) => currentModel(state).card.name);
  const { openModels } = useActions();
  const { picture } = useWords();
  return (
    <button type="button" className={`button ${styles.chip}`} onClick={() => openModels()}>
      <span className="visually-hidden">{picture.model}</span>
      <bdi>{name}</bdi>
      <DownloadBadge />
      <ChevronDown size={15} aria-hidden />
    </button>
  );
}
