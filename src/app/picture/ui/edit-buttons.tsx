import { Brush, Expand, Maximize, type LucideIcon } from 'lucide-react';
import { useEditWords } from '../../words/edit-words.ts';
import type { EditTool } from '../picture-state.ts';
import styles from './edit-buttons.module.css';

const tools: readonly (readonly [EditTool, LucideIcon])[] = [
  ['paint', Brush],
  ['widen', Expand],
  ['enlarge', Maximize],
];

interface EditButtonsProps {
  readonly onEdit: (tool: EditTool) => void;
  readonly disabled?: boolean;
  /** Of each button; by default outlined. */
  readonly className?: string;
}

/** What a picture can become, among what else can be done with it: each opens the picture, and leaves it as it is. */
export default function EditButtons({ onEdit, disabled = false, className = 'outline' }: EditButtonsProps) {
  const words = useEditWords();
  return (
    <div className={styles.tools} role="group" aria-label={words.changing}>
      {tools.map(([tool, Icon]) => (
        <button
          key={tool}
          type="button"
          className={`button ${className}`}
          disabled={disabled}
          onClick={() => onEdit(tool)}
        >
          <Icon size={17} aria-hidden />
          {words.actions[tool]}
        </button>
      ))}
    </div>
  );
}
