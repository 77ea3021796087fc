import { X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, useState } from 'react';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { shorten } from '../../base/format.ts';
import type { Picture } from '../picture-state.ts';
import { useWords } from '../../words/words-context.tsx';

/** CSS pixels for each pixel of the picture; `fit` fills the window. */
const zooms = ['fit', 1, 2, 3, 4, 6, 8] as const;

export default function EnlargeDialog({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const words = useWords();
  const [index, setIndex] = useState(0);
  const room = useRef<HTMLDivElement>(null);
  const { prompt, width, height } = picture.recipe.settings;
  const zoom = zooms[index] ?? 'fit';
  const size = zoom === 'fit' ? undefined : { width: width * zoom, height: height * zoom };
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="enlarged"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            room.current?.focus();
          }}
        >
          <div className="enlarged-bar">
            <Dialog.Title className="enlarged-title" dir="auto">
              {shorten(prompt, 120)}
            </Dialog.Title>
            <IconButton
              label={words.common.zoomOut}
              icon={ZoomOut}
              disabled={index === 0}
              onClick={() => setIndex(index - 1)}
            />
            <output className="zoom">
              {zoom === 'fit' ? words.picture.zoomFit : words.format.percent(zoom)}
            </output>
            <IconButton
              label={words.common.zoomIn}
              icon={ZoomIn}
              disabled={index === zooms.length - 1}
              onClick={() => setIndex(index + 1)}
            />
            <Dialog.Close asChild>
              <IconButton label={words.common.close} icon={X} />
            </Dialog.Close>
          </div>
          <div
            ref={room}
            className="enlarged-room"
            tabIndex={0}
            role="region"
            aria-label={words.picture.enlarged}
          >
            <img
              className={zoom === 'fit' ? 'fit' : ''}
              src={picture.url}
              alt={shorten(prompt, 200)}
              style={size}
            />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
