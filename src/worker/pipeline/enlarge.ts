/** A finished picture made larger, told row by row: nowhere the result lies whole. */
import { resizedRows } from '../../domain/diffusion/image/resize.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import type { EnlargeEvent, EnlargeParams } from '../../engine/protocol.ts';
import { yieldToEvents } from '../../engine/rpc.ts';

export interface EnlargeJob {
  readonly signal: AbortSignal;
  readonly show: (event: EnlargeEvent, transfer?: Transferable[]) => void;
}

/** So many pixels of the result are made in one go. */
const stripPixels = 500_000;

/** Throws `bad-input` (field `image`). */
export function checkEnlargedSize({ image, scale }: Pick<EnlargeParams, 'image' | 'scale'>): void {
  const [width, height] = [image.width * scale, image.height * scale];
  const { largestSide } = limits.edit;
  if (Math.max(width, height) <= largestSide) return;
  throw new AppError('bad-input', `${width} × ${height} pixels: no side can be longer than ${largestSide}.`, {
    field: 'image',
  });
}

/** By Lanczos, a strip after the other. */
export async function enlargeByFilter(image: RgbaImage, scale: number, job: EnlargeJob): Promise<void> {
  const size = { width: image.width * scale, height: image.height * scale };
  const strip = Math.max(1, Math.floor(stripPixels / size.width));
  const total = Math.ceil(size.height / strip);
  for (let done = 0; done < total; done++) {
    await yieldToEvents();
    job.signal.throwIfAborted();
    const span = { start: done * strip, end: Math.min(size.height, (done + 1) * strip) };
    const rows = resizedRows(image, size, span);
    job.show({ phase: 'rows', top: span.start, rows }, [rows.data.buffer]);
    job.show({ phase: 'tiles', stage: 'filter', done: done + 1, total });
  }
}
