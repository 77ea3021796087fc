import { useEffect, useRef, useState } from 'react';
import type { RgbaImage } from '../../../domain/diffusion/image/image.ts';
import { useApp } from '../hooks.ts';
import type { Preview } from '../../making/preview.ts';
import { Wheel } from '../../base/controls/wheel.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './forming.module.css';

/** Previews have one pixel for each latent; the browser's smoothing makes a soft picture of them. */
const longestSidePx = 512;

interface FormingProps {
  readonly width: number;
  readonly height: number;
  /** 0 … 1 of the picture's steps: the early noise is shown softer. */
  readonly fraction: number;
  /** Where it comes from; by default the picture screen's. */
  readonly preview?: Preview;
  readonly wheelPx?: number;
}

/** The picture in the making. */
export function Forming({ width, height, fraction, preview: given, wheelPx = 72 }: FormingProps) {
  const { picture } = useWords();
  const app = useApp();
  const preview = given ?? app.preview;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [begun, setBegun] = useState(() => preview.current() !== null);
  const scale = Math.min(1, longestSidePx / Math.max(width, height));

  useEffect(() => {
    const show = () => {
      const image = preview.current();
      setBegun(image !== null);
      if (image && canvas.current) drawSmooth(canvas.current, image);
    };
    show();
    return preview.subscribe(show);
  }, [preview]);

  return (
    <div className={styles.forming}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ filter: `blur(${blurPx(fraction)}px)` }}
        data-begun={begun || undefined}
        width={Math.round(width * scale)}
        height={Math.round(height * scale)}
        role="img"
        aria-label={picture.forming}
      />
      {begun ? null : (
        <span className={styles.wheel}>
          <Wheel size={wheelPx} spinning />
        </span>
      )}
    </div>
  );
}

const blurPx = (fraction: number) => Math.round(8 - 5 * fraction);

function drawSmooth(canvas: HTMLCanvasElement, image: RgbaImage): void {
  const small = new OffscreenCanvas(image.width, image.height);
  small.getContext('2d')?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
}
