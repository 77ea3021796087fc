/** Puts layers on a frame. What is on it has been decided by `frameAt`; here are only pixels. */
import type { Rect } from '../domain/video/motion.ts';
import type { FrameDescription, Layer } from '../domain/video/timeline.ts';
import { paintCaption } from './caption-painter.ts';
import { drawingContext } from './pictures.ts';
import { dissolveThreshold } from '../domain/video/transitions/dissolve.ts';

export interface Painter {
  readonly canvas: OffscreenCanvas;
  /** Pictures in the order of the layers; null where there is none yet. */
  paint(frame: FrameDescription, pictures: readonly (OffscreenCanvas | null)[]): void;
  /** The pixels of the last painted frame. */
  pixels(): ImageData;
}

export function createPainter(width: number, height: number): Painter {
  const canvas = new OffscreenCanvas(width, height);
  const context = drawingContext(canvas);
  const mask = dissolveMask(width, height);

  const paintLayer = (layer: Layer, picture: OffscreenCanvas) => {
    if (layer.cells >= 1) return drawLayer(context, layer, picture);
    const scratch = drawingContext(new OffscreenCanvas(width, height));
    drawLayer(scratch, { ...layer, opacity: 1 }, picture);
    scratch.globalCompositeOperation = 'destination-in';
    scratch.imageSmoothingEnabled = false;
    scratch.drawImage(mask.at(layer.cells), 0, 0, mask.columns * mask.cellPx, mask.rows * mask.cellPx);
    context.globalAlpha = layer.opacity;
    context.drawImage(scratch.canvas, 0, 0);
    context.globalAlpha = 1;
  };

  return {
    canvas,
    paint: (frame, pictures) => {
      context.fillStyle = frame.ground;
      context.fillRect(0, 0, width, height);
      frame.layers.forEach((layer, index) => {
        const picture = pictures[index];
        if (picture) paintLayer(layer, picture);
      });
      for (const caption of frame.captions) paintCaption(context, caption, width, height);
    },
    pixels: () => context.getImageData(0, 0, width, height),
  };
}

function drawLayer(context: OffscreenCanvasRenderingContext2D, layer: Layer, picture: OffscreenCanvas): void {
  const { width, height } = context.canvas;
  const clip = snap(layer.clip, width, height);
  const target = snapMoved(layer.target, width, height);
  const { view } = layer;
  context.save();
  context.beginPath();
  context.rect(clip.x, clip.y, clip.width, clip.height);
  context.clip();
  context.globalAlpha = layer.opacity;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    picture,
    view.x * picture.width,
    view.y * picture.height,
    view.width * picture.width,
    view.height * picture.height,
    target.x,
    target.y,
    target.width,
    target.height,
  );
  context.restore();
}

/** Edges on whole pixels: two half-covered edges side by side would let the ground shine through. */
function snap(rect: Rect, width: number, height: number): Rect {
  const x = Math.round(rect.x * width);
  const y = Math.round(rect.y * height);
  return {
    x,
    y,
    width: Math.round((rect.x + rect.width) * width) - x,
    height: Math.round((rect.y + rect.height) * height) - y,
  };
}

/** A target that only moves is snapped as its clip is; one that also scales reaches beyond the frame and needs no clean edge. */
function snapMoved(target: Rect, width: number, height: number): Rect {
  if (target.width === 1 && target.height === 1) return snap(target, width, height);
  return {
    x: target.x * width,
    y: target.y * height,
    width: target.width * width,
    height: target.height * height,
  };
}

/** A small picture with one pixel for each cell, opaque where the dissolve shows the layer. */
function dissolveMask(width: number, height: number) {
  const cellPx = Math.max(2, Math.round(Math.min(width, height) / 96));
  const columns = Math.ceil(width / cellPx);
  const rows = Math.ceil(height / cellPx);
  return {
    cellPx,
    columns,
    rows,
    at: (share: number): OffscreenCanvas => {
      const cells = new ImageData(columns, rows);
      for (let i = 0; i < columns * rows; i++) {
        const shown = dissolveThreshold(i % columns, Math.floor(i / columns)) < share;
        cells.data[i * 4 + 3] = shown ? 255 : 0;
      }
      const canvas = new OffscreenCanvas(columns, rows);
      drawingContext(canvas).putImageData(cells, 0, 0);
      return canvas;
    },
  };
}
