import { useEffect, useRef } from 'react';
import type { Box } from '../../../domain/mask/mask.ts';
import { useWheel } from '../../base/controls/use-gestures.ts';
import { useStore } from '../../base/store.ts';
import { useEditWords } from '../../words/edit-words.ts';
import type { Painting } from '../painting.ts';
import { MaskLayer } from './mask-layer.tsx';
import styles from './paint-stage.module.css';
import { usePen } from './use-pen.ts';
import type { Stage } from './use-stage.ts';

interface PaintStageProps {
  readonly painting: Painting;
  readonly stage: Stage;
  readonly url: string;
  /** A rectangle that is being written down. */
  readonly planned: Box | null;
}

/** The picture, what is painted over it, and the brush as large as it is. */
export function PaintStage({ painting, stage, url, planned }: PaintStageProps) {
  const { paint } = useEditWords();
  const spaceHeld = useSpaceHeld();
  const pen = usePen(painting, stage, spaceHeld);
  const ring = useRef<HTMLDivElement>(null);
  const tool = useStore(painting.state, (state) => state.tool);
  const sizePx = useStore(painting.state, (state) => state.sizePx);
  const { ref, attach, zoom, layer, scale } = stage;
  useWheel(ref, zoom);
  const { width, height } = painting.mask;
  const rings = tool === 'brush' || tool === 'eraser';
  const follow = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const shown = event.pointerType !== 'touch';
    ring.current?.style.setProperty('opacity', shown ? '1' : '0');
    ring.current?.style.setProperty('left', `${event.clientX - box.left}px`);
    ring.current?.style.setProperty('top', `${event.clientY - box.top}px`);
  };
  return (
    <div
      ref={attach}
      className={rings ? `${styles.stage} ${styles.brushing}` : styles.stage}
      role="group"
      aria-label={paint.stage}
      aria-description={paint.stageHint}
      {...pen}
      onPointerMove={(event) => {
        follow(event);
        pen.onPointerMove(event);
      }}
      onPointerLeave={() => ring.current?.style.setProperty('opacity', '0')}
    >
      <div className={styles.layer} style={layer}>
        <img src={url} alt="" draggable={false} />
        <MaskLayer painting={painting} />
        {planned ? (
          <svg className={styles.lines} viewBox={`0 0 ${width} ${height}`} aria-hidden>
            <PlannedRectangle className={styles.halo} box={planned} />
            <PlannedRectangle className={styles.line} box={planned} />
          </svg>
        ) : null}
      </div>
      {rings ? (
        <div ref={ring} className={styles.ring} style={{ width: sizePx * scale, height: sizePx * scale }} />
      ) : null}
    </div>
  );
}

function PlannedRectangle({ box, className }: { box: Box; className: string }) {
  const { left, top, right, bottom } = box;
  return <rect className={className} x={left} y={top} width={right - left} height={bottom - top} />;
}

/** Then the mouse moves the picture. */
function useSpaceHeld() {
  const held = useRef(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === ' ') held.current = event.type === 'keydown';
    };
    window.addEventListener('keydown', listen);
    window.addEventListener('keyup', listen);
    return () => {
      window.removeEventListener('keydown', listen);
      window.removeEventListener('keyup', listen);
    };
  }, []);
  return held;
}
