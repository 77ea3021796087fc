/** Camera motion inside one picture, as a view: the part of the picture that fills the frame. */
export const motionIds = [
  'still',
  'zoom-in',
  'zoom-out',
  'pan-left',
  'pan-right',
  'pan-up',
  'pan-down',
] as const;

export type MotionId = (typeof motionIds)[number];

/** In parts of the whole: 0 … 1 from left to right and from top to bottom. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const wholeRect: Rect = { x: 0, y: 0, width: 1, height: 1 };

/** How near the camera comes; pictures are prepared this much larger than the frame, so that a near view stays sharp. */
const nearZoom = 1.16;

export const preparedScale = (motion: MotionId) => (motion === 'still' ? 1 : nearZoom);

/** The view at `phase` 0 … 1 of the time that the scene can be seen. Always within the picture; never rounded to pixels. */
export function viewAt(motion: MotionId, phase: number): Rect {
  const slack = 1 - 1 / nearZoom;
  switch (motion) {
    case 'still':
      return wholeRect;
    // A power of the phase, so that the zoom seems to have the same speed all along.
    case 'zoom-in':
      return zoomed(nearZoom ** phase, 0.5, 0.5);
    case 'zoom-out':
      return zoomed(nearZoom ** (1 - phase), 0.5, 0.5);
    case 'pan-left':
      return { x: slack * (1 - phase), y: slack / 2, width: 1 - slack, height: 1 - slack };
    case 'pan-right':
      return { x: slack * phase, y: slack / 2, width: 1 - slack, height: 1 - slack };
    case 'pan-up':
      return { x: slack / 2, y: slack * (1 - phase), width: 1 - slack, height: 1 - slack };
    case 'pan-down':
      return { x: slack / 2, y: slack * phase, width: 1 - slack, height: 1 - slack };
  }
}

/** The rectangle on the straight way from `a` to `b`. */
export function mixRects(a: Rect, b: Rect, amount: number): Rect {
  const mix = (from: number, to: number) => from + (to - from) * amount;
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
  };
}

function zoomed(zoom: number, centreX: number, centreY: number): Rect {
  const side = 1 / zoom;
  return { x: centreX - side / 2, y: centreY - side / 2, width: side, height: side };
}
