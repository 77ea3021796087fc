import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import '../styles/modal.css';
import { IconButton } from './icon-button.tsx';
import { useWords } from '../../words/words-context.tsx';

interface ModalProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page: Escape, the cross and a press outside close it. */
export function Modal({ title, open, onClose, children }: ModalProps) {
  const { common } = useWords();
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          ref={content}
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The first control would be the cross, with its tooltip in the way.
            event.preventDefault();
            content.current?.focus();
          }}
        >
          <div className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={common.close} icon={X} />
            </Dialog.Close>
          </div>
          <div className="dialog-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
