import {
  Brush,
  Contrast,
  Eraser,
  Lasso,
  PaintBucket,
  Redo2,
  Trash2,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { Slider, ToggleGroup } from 'radix-ui';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { useStore } from '../../base/store.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { paintTools, type Painting, type PaintTool } from '../painting.ts';
import styles from './paint-tools.module.css';

const icons: Record<PaintTool, LucideIcon> = {
  brush: Brush,
  eraser: Eraser,
  lasso: Lasso,
  fill: PaintBucket,
};

/** What one paints with, how large it is, and the ways back. */
export function PaintTools({ painting, mostPx }: { painting: Painting; mostPx: number }) {
  const { paint } = useEditWords();
  const { state, choose, undo, redo, add } = painting;
  const { tool, canUndo, canRedo } = useStore(state, (now) => now);
  const isEmpty = useStore(state, ({ bounds }) => bounds === null);
  return (
    <div className={styles.tools} role="toolbar" aria-label={paint.tools}>
      <ToggleGroup.Root
        className={styles.group}
        type="single"
        aria-label={paint.tools}
        value={tool}
        onValueChange={(next) => next && choose(next as PaintTool)}
      >
        {paintTools.map((each) => (
          <Tool key={each} tool={each} />
        ))}
      </ToggleGroup.Root>
      <BrushSize painting={painting} mostPx={mostPx} />
      <div className={styles.group}>
        <IconButton label={paint.undo} icon={Undo2} disabled={!canUndo} onClick={undo} />
        <IconButton label={paint.redo} icon={Redo2} disabled={!canRedo} onClick={redo} />
        <IconButton label={paint.invert} icon={Contrast} onClick={() => add({ kind: 'invert' })} />
        <IconButton
          label={paint.clear}
          icon={Trash2}
          disabled={isEmpty}
          onClick={() => add({ kind: 'clear' })}
        />
      </div>
    </div>
  );
}

function Tool({ tool }: { tool: PaintTool }) {
  const { paint } = useEditWords();
  const Icon = icons[tool];
  return (
    <ToggleGroup.Item
      value={tool}
      className={`button icon ${styles.tool}`}
      aria-label={paint.tool[tool]}
      aria-keyshortcuts={paint.keys[tool]}
      title={`${paint.tool[tool]} (${paint.keys[tool]})`}
    >
      <Icon size={19} aria-hidden />
    </ToggleGroup.Item>
  );
}

function BrushSize({ painting, mostPx }: { painting: Painting; mostPx: number }) {
  const { paint } = useEditWords();
  const sizePx = useStore(painting.state, (now) => now.sizePx);
  return (
    <div className={styles.size}>
      <Slider.Root
        className={styles.slider}
        value={[Math.sqrt(sizePx)]}
        min={1}
        max={Math.sqrt(mostPx)}
        step={0.05}
        onValueChange={([root = 1]) => painting.resize(Math.max(1, Math.round(root * root)))}
      >
        <Slider.Track className={styles.track}>
          <Slider.Range className={styles.range} />
        </Slider.Track>
        <Slider.Thumb
          className={styles.thumb}
          aria-label={paint.size}
          aria-valuetext={paint.sizeNow(sizePx)}
        />
      </Slider.Root>
      <span className={styles.number} aria-hidden>
        {sizePx}
      </span>
    </div>
  );
}
