/** One thing done to a mask, as data: what was painted can be painted again, and taken back. Lengths are pixels of the picture. */
import { boxWithin, maskFull, wholeBox, type Box, type Mask } from './mask.ts';
import { floodFill } from './flood-fill.ts';
import { fillPolygon } from './polygon.ts';

/** x, y, one after the other. */
export type Outline = readonly number[];

export type MaskStep =
  /** x, y and radius, one after the other: a pen that is pressed harder draws a wider line. */
  | { readonly kind: 'stroke'; readonly erase: boolean; readonly points: readonly number[] }
  | { readonly kind: 'lasso'; readonly erase: boolean; readonly outline: Outline }
  | ({ readonly kind: 'rectangle'; readonly erase: boolean } & Box)
  /** All that hangs together with this spot and is as it is. */
  | { readonly kind: 'fill'; readonly erase: boolean; readonly x: number; readonly y: number }
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' };

/** Changes the mask in place. Returns where; null where nothing can have changed. */
export function applyStep(mask: Mask, step: MaskStep): Box | null {
  switch (step.kind) {
    case 'stroke':
      return strokeAll(mask, step.points, step.erase);
    case 'lasso':
      return fillPolygon(mask, step.outline, step.erase ? 0 : maskFull);
    case 'rectangle':
      return fillBox(mask, step, step.erase ? 0 : maskFull);
    case 'fill':
      return floodFill(mask, Math.floor(step.x), Math.floor(step.y), step.erase ? 0 : maskFull);
    case 'invert':
      mask.data.forEach((value, at) => (mask.data[at] = maskFull - value));
      return wholeBox(mask);
    case 'clear':
      mask.data.fill(0);
      return wholeBox(mask);
  }
}

function fillBox(mask: Mask, wanted: Box, value: number): Box | null {
  const box = boxWithin(mask, wanted);
  if (!box) return null;
  for (let y = box.top; y < box.bottom; y++) {
    mask.data.fill(value, y * mask.width + box.left, y * mask.width + box.right);
  }
  return box;
}

function strokeAll(mask: Mask, points: readonly number[], erase: boolean): Box | null {
  let changed: Box | null = null;
  for (let at = 0; at < points.length; at += 3) changed = union(changed, strokePart(mask, points, at, erase));
  return changed;
}

/**
 * The part of a stroke that ends with the point at `at` of the list: while it is drawn, each new point costs only its own part. The edge
 * is as soft as a pixel is wide.
 */
export function strokePart(mask: Mask, points: readonly number[], at: number, erase: boolean): Box | null {
  const [toX, toY, toR] = [points[at]!, points[at + 1]!, points[at + 2]!];
  const [fromX, fromY, fromR] =
    at === 0 ? [toX, toY, toR] : [points[at - 3]!, points[at - 2]!, points[at - 1]!];
  const most = Math.max(fromR, toR) + 1;
  const box = boxWithin(mask, {
    left: Math.min(fromX, toX) - most,
    top: Math.min(fromY, toY) - most,
    right: Math.max(fromX, toX) + most,
    bottom: Math.max(fromY, toY) + most,
  });
  if (!box) return null;
  const [dx, dy] = [toX - fromX, toY - fromY];
  const lengthSquared = dx * dx + dy * dy;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const [px, py] = [x + 0.5 - fromX, y + 0.5 - fromY];
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const covered = Math.min(1, Math.max(0, fromR + along * (toR - fromR) + 0.5 - distance));
      if (covered > 0) cover(mask, y * mask.width + x, Math.round(covered * maskFull), erase);
    }
  }
  return box;
}

function cover({ data }: Mask, at: number, value: number, erase: boolean): void {
  data[at] = erase ? Math.min(data[at]!, maskFull - value) : Math.max(data[at]!, value);
}

function union(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}
