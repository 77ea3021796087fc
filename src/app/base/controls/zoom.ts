/** A picture in a stage: how large, and how far its middle is from the stage's middle. Arithmetic only. */
export interface ZoomView {
  /** 1 fits the stage. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface StageSize {
  readonly width: number;
  readonly height: number;
  /** The picture at scale 1. */
  readonly fitWidth: number;
  readonly fitHeight: number;
}

export const fitted: ZoomView = { scale: 1, x: 0, y: 0 };
export const maxScale = 12;

/** Larger or smaller by `factor`, with the spot under the pointer staying there. `point` is measured from the stage's middle. */
export function zoomAt(
  view: ZoomView,
  factor: number,
  point: { readonly x: number; readonly y: number },
  size: StageSize,
): ZoomView {
  const scale = Math.min(maxScale, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return held(
    { scale, x: point.x - (point.x - view.x) * grown, y: point.y - (point.y - view.y) * grown },
    size,
  );
}

export function panBy(view: ZoomView, dx: number, dy: number, size: StageSize): ZoomView {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, size);
}

/** The picture's edges may come to the stage's edges and no further in; a side that fits stays in the middle. */
function held({ scale, x, y }: ZoomView, size: StageSize): ZoomView {
  const limitX = Math.max(0, (size.fitWidth * scale - size.width) / 2);
  const limitY = Math.max(0, (size.fitHeight * scale - size.height) / 2);
  return { scale, x: clamp(x, limitX), y: clamp(y, limitY) };
}

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value)) + 0;

/** How large the picture is when it fits. */
export function fit(
  stage: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
): StageSize {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height);
  const { width, height } = stage;
  return { width, height, fitWidth: picture.width * scale, fitHeight: picture.height * scale };
}
