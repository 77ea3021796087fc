import { captionStyle, styledCaption } from '../domain/video/caption-style.ts';
import type { CaptionLine } from '../domain/video/captions.ts';
import type { CaptionLayer } from '../domain/video/timeline.ts';

/** White on a dark panel with a dark edge around each letter: legible on white, black, busy and plain pictures alike. */
export function paintCaption(
  context: OffscreenCanvasRenderingContext2D,
  { text, size, opacity }: CaptionLayer,
  width: number,
  height: number,
): void {
  const style = captionStyle(size, width, height);
  const { letterPx } = style;
  context.save();
  context.font = style.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const measure = (line: string) => context.measureText(line).width;
  const { lines } = styledCaption(text, style, measure);
  if (lines.length > 0) {
    context.globalAlpha = opacity;
    const panel = panelFor(
      lines.length,
      Math.max(...lines.map((line) => measure(line.text))),
      letterPx,
      width,
      height,
    );
    paintPanel(context, panel, letterPx);
    paintLines(context, lines, panel, letterPx);
  }
  context.restore();
}

const lineHeight = 1.3;

interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Low and in the middle, clear of the edge that players cover with their controls and television sets cut off. */
function panelFor(
  lineCount: number,
  textWidth: number,
  letterPx: number,
  frameWidth: number,
  frameHeight: number,
): Panel {
  const width = textWidth + letterPx * 1.4;
  const height = lineCount * letterPx * lineHeight + letterPx * 0.6;
  return { x: (frameWidth - width) / 2, y: frameHeight * 0.93 - height, width, height };
}

function paintPanel(
  context: OffscreenCanvasRenderingContext2D,
  { x, y, width, height }: Panel,
  letterPx: number,
): void {
  context.fillStyle = 'rgb(0 0 0 / 0.62)';
  context.beginPath();
  context.roundRect(x, y, width, height, letterPx * 0.4);
  context.fill();
}

function paintLines(
  context: OffscreenCanvasRenderingContext2D,
  lines: readonly CaptionLine[],
  { x, y, width }: Panel,
  letterPx: number,
): void {
  context.lineJoin = 'round';
  context.lineWidth = letterPx / 8;
  context.strokeStyle = 'black';
  context.fillStyle = 'white';
  lines.forEach(({ text, direction }, index) => {
    const middle = y + letterPx * (0.3 + lineHeight * (index + 0.5));
    context.direction = direction;
    context.strokeText(text, x + width / 2, middle);
    context.fillText(text, x + width / 2, middle);
  });
}
