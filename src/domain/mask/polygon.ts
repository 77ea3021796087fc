import { boxWithin, type Box, type Mask } from './mask.ts';

/**
 * Gives `value` to every pixel whose middle lies within the outline, which closes itself. Where it crosses itself everything that it runs
 * around counts (nonzero winding), as a hand means it.
 * @param outline x, y, one after the other, in pixels
 */
export function fillPolygon(mask: Mask, outline: readonly number[], value: number): Box | null {
  const count = Math.floor(outline.length / 2);
  if (count < 3) return null;
  const [xs, ys] = [0, 1].map((side) => outline.filter((_, at) => at % 2 === side)) as [number[], number[]];
  const box = boxWithin(mask, {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  });
  if (!box) return null;
  for (let y = box.top; y < box.bottom; y++) fillRow(mask, crossings(xs, ys, y + 0.5), y, value);
  return box;
}

interface Crossing {
  readonly x: number;
  /** Down or up. */
  readonly winding: 1 | -1;
}

function crossings(xs: readonly number[], ys: readonly number[], y: number): readonly Crossing[] {
  const found: Crossing[] = [];
  for (let at = 0; at < xs.length; at++) {
    const to = (at + 1) % xs.length;
    const [fromY, toY] = [ys[at]!, ys[to]!];
    if (fromY <= y === toY <= y) continue;
    const x = xs[at]! + ((y - fromY) / (toY - fromY)) * (xs[to]! - xs[at]!);
    found.push({ x, winding: fromY < toY ? 1 : -1 });
  }
  return found.sort((a, b) => a.x - b.x);
}

function fillRow({ width, data }: Mask, found: readonly Crossing[], y: number, value: number): void {
  let winding = 0;
  found.forEach(({ x, winding: turn }, at) => {
    winding += turn;
    const next = found[at + 1];
    if (winding === 0 || !next) return;
    // The first and the last pixel whose middles lie between the two.
    const start = Math.max(0, Math.ceil(x - 0.5));
    const end = Math.min(width, Math.ceil(next.x - 0.5));
    if (start < end) data.fill(value, y * width + start, y * width + end);
  });
}
