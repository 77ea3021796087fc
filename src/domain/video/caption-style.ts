/** How large captions are, the same for the page that tells what fits and for the film. */
import type { CaptionSize } from './caption-size.ts';
import { layoutCaption, type CaptionLayout } from './captions.ts';

export interface CaptionStyle {
  readonly letterPx: number;
  /** CSS. */
  readonly font: string;
  readonly maxWidthPx: number;
  readonly maxLines: number;
}

const sizes: Readonly<Record<CaptionSize, { readonly ofShorterSide: number; readonly maxLines: number }>> = {
  normal: { ofShorterSide: 0.05, maxLines: 3 },
  small: { ofShorterSide: 0.036, maxLines: 5 },
};

/** On a frame of `width` × `height` pixels. */
export function captionStyle(size: CaptionSize, width: number, height: number): CaptionStyle {
  const { ofShorterSide, maxLines } = sizes[size];
  const letterPx = Math.max(10, Math.round(Math.min(width, height) * ofShorterSide));
  const font = `600 ${letterPx}px system-ui, "Noto Sans", sans-serif`;
  return { letterPx, font, maxWidthPx: width * 0.88 - letterPx * 2, maxLines };
}

/** `measure`: pixels that a line takes in the style's font. */
export const styledCaption = (
  text: string,
  { maxWidthPx, maxLines }: CaptionStyle,
  measure: (line: string) => number,
): CaptionLayout => layoutCaption(text, { maxWidth: maxWidthPx, maxLines, measure });
