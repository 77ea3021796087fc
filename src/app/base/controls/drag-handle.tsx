import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './drag-handle.module.css';
import type { ReorderHandlers } from './use-reorder.ts';

interface DragHandleProps {
  /** Says what is moved, and where it stands now. */
  readonly label: string;
  readonly handlers: ReorderHandlers;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Moves what it belongs to: by dragging, and with the arrow keys while it has the focus. */
export function DragHandle({ label, handlers, className = '', children }: DragHandleProps) {
  return (
    <button type="button" className={`${styles.handle} ${className}`} aria-label={label} {...handlers}>
      {children}
      <GripVertical size={16} aria-hidden />
    </button>
  );
}
