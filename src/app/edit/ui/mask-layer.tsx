import { useEffect, useRef } from 'react';
import { wholeBox, type Box, type Mask } from '../../../domain/mask/mask.ts';
import { useStore } from '../../base/store.ts';
import type { Painting } from '../painting.ts';
import styles from './paint-stage.module.css';

/** As printers masked their plates; the sheet makes it see-through. */
const ruby = [255, 38, 92] as const;

/** What is painted, over the picture, pixel on pixel. */
export function MaskLayer({ painting }: { painting: Painting }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const outline = useStore(painting.state, (state) => state.outline);
  const { mask, changed } = painting;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const show = ({ box }: { readonly box: Box }) =>
      context.putImageData(partOf(mask, box), box.left, box.top);
    show({ box: wholeBox(mask) });
    return changed.subscribe(show);
  }, [mask, changed]);
  return (
    <>
      <canvas ref={canvas} className={styles.mask} width={mask.width} height={mask.height} aria-hidden />
      {outline ? (
        <svg className={styles.lines} viewBox={`0 0 ${mask.width} ${mask.height}`} aria-hidden>
          <polygon className={styles.halo} points={outline.join(' ')} />
          <polygon className={styles.line} points={outline.join(' ')} />
        </svg>
      ) : null}
    </>
  );
}

function partOf({ width, data }: Mask, { left, top, right, bottom }: Box): ImageData {
  const part = new ImageData(right - left, bottom - top);
  for (let y = top, to = 0; y < bottom; y++) {
    for (let x = left; x < right; x++, to += 4) {
      part.data.set(ruby, to);
      part.data[to + 3] = data[y * width + x]!;
    }
  }
  return part;
}
