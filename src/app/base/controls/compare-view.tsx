import { ChevronsLeftRight } from 'lucide-react';
import { Slider, ToggleGroup } from 'radix-ui';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { pixelDifference, type PixelDifference } from './pixel-difference.ts';
import type { Zoom } from './use-zoom.ts';
import { Zoomable, ZoomStage } from './zoomable.tsx';
import styles from './compare-view.module.css';

export interface ComparedPicture {
  /** Null while it is being read. */
  readonly url: string | null;
  readonly alt: string;
  /** What it is called beside the other: before, after. */
  readonly name?: string;
}

const modes = ['side', 'slider', 'difference'] as const;
type CompareMode = (typeof modes)[number];

interface CompareViewProps {
  readonly first: ComparedPicture;
  readonly second: ComparedPicture;
  readonly zoom: Zoom;
  readonly begin: CompareMode;
}

/** Two pictures in one view: side by side, one over the other with a divider between them, or only what differs. */
export function CompareView({ first, second, zoom, begin }: CompareViewProps) {
  const { compare } = useEditWords();
  const [mode, setMode] = useState<CompareMode>(begin);
  const pair = { first, second, zoom };
  return (
    <div className={styles.compare}>
      <ToggleGroup.Root
        className={styles.modes}
        type="single"
        aria-label={compare.mode}
        value={mode}
        onValueChange={(next) => next && setMode(next as CompareMode)}
      >
        {modes.map((each) => (
          <ToggleGroup.Item key={each} value={each} className="button small">
            {compare.modes[each]}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      {mode === 'side' ? <SideBySide {...pair} /> : null}
      {mode === 'slider' ? <Divided {...pair} /> : null}
      {mode === 'difference' ? <Difference {...pair} /> : null}
    </div>
  );
}

type Pair = Pick<CompareViewProps, 'first' | 'second' | 'zoom'>;

function SideBySide({ first, second, zoom }: Pair) {
  return (
    <div className={styles.pair}>
      {[first, second].map(({ url, alt, name }, at) => (
        <div key={at} className={styles.side}>
          <Zoomable url={url} alt={alt} zoom={zoom} />
          {name ? <span className={styles.name}>{name}</span> : null}
        </div>
      ))}
    </div>
  );
}

const middle = 50;
const steps: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 },
  ...{ PageDown: -10, PageUp: 10, Home: -100, End: 100 },
};

/** The first lies left of the divider, the second right of it, in every language: so the pictures lie. */
function Divided({ first, second, zoom }: Pair) {
  const { compare } = useEditWords();
  const { format } = useWords();
  const [percent, setPercent] = useState(middle);
  const stage = useRef<HTMLDivElement>(null);
  const to = (next: number) => setPercent(Math.min(100, Math.max(0, next)));
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = stage.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId))
      to(((event.clientX - box.left) / box.width) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    to(percent + step);
  };
  const under = (picture: ComparedPicture, clip: string) => (
    <ZoomStage zoom={zoom}>
      {(style) =>
        picture.url === null ? null : (
          <div className={styles.over} style={{ clipPath: clip }}>
            <img src={picture.url} alt={picture.alt} draggable={false} style={style} />
          </div>
        )
      }
    </ZoomStage>
  );
  return (
    <div ref={stage} className={styles.divided}>
      {under(first, `inset(0 ${100 - percent}% 0 0)`)}
      {under(second, `inset(0 0 0 ${percent}%)`)}
      {first.name ? <span className={`${styles.name} ${styles.left}`}>{first.name}</span> : null}
      {second.name ? <span className={`${styles.name} ${styles.right}`}>{second.name}</span> : null}
      <div
        className={styles.divider}
        style={{ left: `${percent}%` }}
        role="slider"
        tabIndex={0}
        aria-label={compare.divider}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={format.percent(percent / 100)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => to(middle)}
      >
        <span className={styles.knob}>
          <ChevronsLeftRight size={18} aria-hidden />
        </span>
      </div>
    </div>
  );
}

const brightest = 16;

/** Black where they are the same. A small difference is hardly seen as it is: it can be brightened. */
function Difference({ first, second, zoom }: Pair) {
  const { compare } = useEditWords();
  const { common } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [factor, setFactor] = useState(4);
  const [found, setFound] = useState<PixelDifference | null>(null);
  const [a, b] = [first.url, second.url];
  useEffect(() => {
    if (a === null || b === null) return;
    let left = false;
    Promise.all([a, b].map(loadImage)).then(
      ([one, other]) => !left && canvas.current && setFound(drawDifference(canvas.current, one!, other!)),
      () => undefined /* The picture itself shows that it cannot be read. */,
    );
    return () => {
      left = true;
    };
  }, [a, b]);
  return (
    <div className={styles.difference}>
      <ZoomStage zoom={zoom}>
        {(style) => (
          <canvas
            ref={canvas}
            role="img"
            aria-label={compare.modes.difference}
            style={{ ...style, filter: `brightness(${factor})` }}
          />
        )}
      </ZoomStage>
      <div className={styles.foot}>
        <p role="status">{found ? compare.differs(found.share, found.mean) : common.loading}</p>
        <label className={styles.brighten}>
          {compare.brighten}
          <Slider.Root
            className={styles.slider}
            value={[factor]}
            min={1}
            max={brightest}
            step={1}
            onValueChange={([next = 1]) => setFactor(next)}
          >
            <Slider.Track className={styles.track}>
              <Slider.Range className={styles.range} />
            </Slider.Track>
            <Slider.Thumb className={styles.thumb} aria-label={compare.brighten} />
          </Slider.Root>
        </label>
      </div>
    </div>
  );
}

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** The second is drawn as large as the first. */
function drawDifference(
  canvas: HTMLCanvasElement,
  first: HTMLImageElement,
  second: HTMLImageElement,
): PixelDifference | null {
  const { naturalWidth: width, naturalHeight: height } = first;
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  const pixels = (image: HTMLImageElement) => {
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  const found = pixelDifference(pixels(first), pixels(second));
  context.globalCompositeOperation = 'difference';
  context.drawImage(first, 0, 0, width, height);
  return found;
}
