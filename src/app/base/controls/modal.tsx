import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { DialogContent } from './dialog-content.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './modal.module.css';

interface ModalProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page: Escape, the cross and a press outside close it. */
export function Modal({ title, open, onClose, children }: ModalProps) {
  const { common } = useWords();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <DialogContent
          className={styles.dialog}
          onKeyDown={(event) => {
            // Radix misses it after the pressed button has gone; unheard, it would cancel what is being made behind the dialog.
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            event.preventDefault();
            onClose();
          }}
        >
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={common.close} icon={X} />
            </Dialog.Close>
          </div>
          <div className={styles.body}>{children}</div>
        </DialogContent>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
