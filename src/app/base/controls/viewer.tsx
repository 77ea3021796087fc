import { X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { DialogContent } from './dialog-content.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './viewer.module.css';

interface ViewerProps extends Pick<ComponentProps<typeof DialogContent>, 'focusOn' | 'onKeyDown'> {
  readonly onClose: () => void;
  /** A `ViewerBar`, what is looked at, and what is said about it. */
  readonly children: ReactNode;
}

/** Something looked at in the whole window. */
export function Viewer({ onClose, children, ...content }: ViewerProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        {/* Nothing of it is seen; it keeps the page behind from scrolling. */}
        <Dialog.Overlay />
        <DialogContent className={styles.viewer} {...content}>
          {children}
        </DialogContent>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export interface ZoomButtons {
  readonly atLeast: boolean;
  readonly atMost: boolean;
  /** A step nearer, or a step away. */
  readonly onZoom: (direction: 1 | -1) => void;
  /** How near it is, where that is told. */
  readonly now?: string;
}

interface ViewerBarProps {
  readonly title: ReactNode;
  /** A prompt runs as its own language does. */
  readonly dir?: 'auto';
  /** Null where there is nothing to zoom. */
  readonly zoom: ZoomButtons | null;
}

export function ViewerBar({ title, dir, zoom }: ViewerBarProps) {
  const { common } = useWords();
  return (
    <div className={styles.bar}>
      <Dialog.Title className={styles.title} dir={dir}>
        {title}
      </Dialog.Title>
      {zoom ? (
        <>
          <IconButton
            label={common.zoomOut}
            icon={ZoomOut}
            disabled={zoom.atLeast}
            onClick={() => zoom.onZoom(-1)}
          />
          {zoom.now === undefined ? null : <output className={styles.zoom}>{zoom.now}</output>}
          <IconButton
            label={common.zoomIn}
            icon={ZoomIn}
            disabled={zoom.atMost}
            onClick={() => zoom.onZoom(1)}
          />
        </>
      ) : null}
      <Dialog.Close asChild>
        <IconButton label={common.close} icon={X} />
      </Dialog.Close>
    </div>
  );
}
