import { Dialog } from 'radix-ui';
import { useEffect, useRef, type ComponentProps, type RefObject } from 'react';
import { enterDialog } from '../open-dialogs.ts';

interface DialogContentProps extends Omit<ComponentProps<typeof Dialog.Content>, 'ref'> {
  /** What gets the focus when it opens, by default the dialog itself: its first control would be the cross, with its tooltip in the way. */
  readonly focusOn?: RefObject<HTMLElement | null>;
}

/** What every dialog has in common: where the focus goes, and that messages are shown within it. */
export function DialogContent({ focusOn, ...rest }: DialogContentProps) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => (content.current ? enterDialog(content.current) : undefined), []);
  return (
    <Dialog.Content
      aria-describedby={undefined}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        (focusOn ?? content).current?.focus();
      }}
      {...rest}
      // After the rest: Radix hands down a ref of its own, which is empty.
      ref={content}
    />
  );
}
