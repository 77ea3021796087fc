import { useRef, useState } from 'react';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { shorten } from '../../base/format.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Picture } from '../picture-state.ts';
import { useActions } from '../hooks.ts';
import EditButtons from './edit-buttons.tsx';
import styles from './enlarge-dialog.module.css';

/** CSS pixels for each pixel of the picture; `fit` fills the window. */
const zooms = ['fit', 1, 2, 3, 4, 6, 8] as const;

export default function EnlargeDialog({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const words = useWords();
  const [index, setIndex] = useState(0);
  const room = useRef<HTMLDivElement>(null);
  const { editPicture } = useActions();
  const { width, height } = picture;
  const { prompt, seed } = picture.recipe.settings;
  const zoom = zooms[index] ?? 'fit';
  const size = zoom === 'fit' ? undefined : { width: width * zoom, height: height * zoom };
  return (
    <Viewer onClose={onClose} focusOn={room}>
      <ViewerBar
        title={shorten(prompt, 120)}
        dir="auto"
        zoom={{
          atLeast: index === 0,
          atMost: index === zooms.length - 1,
          onZoom: (direction) => setIndex(index + direction),
          now: zoom === 'fit' ? words.picture.zoomFit : words.format.percent(zoom),
        }}
      />
      <div ref={room} className={styles.room} tabIndex={0} role="region" aria-label={words.picture.enlarged}>
        <img
          className={zoom === 'fit' ? styles.fit : undefined}
          src={picture.url}
          alt={shorten(prompt, 200)}
          style={size}
        />
      </div>
      <div className={styles.foot}>
        <EditButtons
          onEdit={(tool) => {
            onClose();
            void editPicture(tool, picture.id, { name: words.picture.sourceOfSeed(seed), prompt });
          }}
        />
      </div>
    </Viewer>
  );
}
