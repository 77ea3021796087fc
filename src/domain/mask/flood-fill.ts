import { maskFull, type Box, type Mask } from './mask.ts';

/** At least half changed counts as changed. */
const half = maskFull / 2;

/**
 * Gives `value` to every pixel that hangs together with (x, y) by its sides and is changed, or kept, as that one is. The soft edge around
 * it goes along, so that no thin line stays. Row by row: Heckbert, "A Seed Fill Algorithm", Graphics Gems, 1990.
 */
export function floodFill(mask: Mask, x: number, y: number, value: number): Box | null {
  const { width, height, data } = mask;
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const changed = data[y * width + x]! >= half;
  const isAlike = (at: number) => data[at]! >= half === changed;
  if (changed === value >= half) return null;
  const box = { left: x, top: y, right: x + 1, bottom: y + 1 };
  const seeds: [number, number][] = [[x, y]];
  for (let seed = seeds.pop(); seed; seed = seeds.pop()) {
    const [seedX, row] = seed;
    const first = row * width;
    if (!isAlike(first + seedX)) continue;
    let [start, end] = [seedX, seedX + 1];
    while (start > 0 && isAlike(first + start - 1)) start--;
    while (end < width && isAlike(first + end)) end++;
    data.fill(value, first + start, first + end);
    for (const next of [row - 1, row + 1]) {
      if (next < 0 || next >= height) continue;
      for (let at = start; at < end; at++) {
        const begins = at === start || !isAlike(next * width + at - 1);
        if (begins && isAlike(next * width + at)) seeds.push([at, next]);
      }
    }
    box.left = Math.min(box.left, start);
    box.right = Math.max(box.right, end);
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row + 1);
  }
  return softEdgesToo(mask, box, value);
}

/** Half-changed pixels beside what was filled take its value as well. */
function softEdgesToo({ width, height, data }: Mask, box: Box, value: number): Box {
  const [left, right] = [Math.max(0, box.left - 1), Math.min(width, box.right + 1)];
  const [top, bottom] = [Math.max(0, box.top - 1), Math.min(height, box.bottom + 1)];
  const soft: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      if (data[at] === 0 || data[at] === maskFull) continue;
      const beside = [
        x > 0 ? data[at - 1] : -1,
        x + 1 < width ? data[at + 1] : -1,
        y > 0 ? data[at - width] : -1,
        y + 1 < height ? data[at + width] : -1,
      ];
      if (beside.includes(value)) soft.push(at);
    }
  }
  for (const at of soft) data[at] = value;
  return { left, top, right, bottom };
}
