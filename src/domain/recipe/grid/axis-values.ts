/** Lists as people write them for one axis of a grid. Ranges mean what they mean in AUTOMATIC1111's "X/Y/Z plot". */

/**
 * Parts between commas, without the blanks around them; empty ones count for nothing. In double quotes a comma is one of the text, and two
 * quotes are one.
 */
export function readParts(text: string): readonly string[] {
  const parts: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"]|"")*)"[^,]*|([^,]*))(?:,|$)/g)) {
    const part = quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"');
    if (part !== '') parts.push(part);
  }
  return parts;
}

const number = String.raw`([+-]?\d+(?:\.\d*)?)`;
const stepped = new RegExp(String.raw`^${number}\s*-\s*${number}(?:\s*\(${number}\))?$`);
const counted = new RegExp(String.raw`^${number}\s*-\s*${number}\s*\[(\d+)\]$`);

/** More than any grid can have, so that a slip of the hand does not fill the memory. */
const mostValues = 1000;

/** `5`, `1-5`, `1-10 (+2)`, `10-5 (-3)`, `1-10 [5]`; null for anything else. `whole`: only whole numbers come out, cut as A1111 cuts them. */
export function readNumbers(part: string, whole: boolean): readonly number[] | null {
  const text = part.trim();
  const count = counted.exec(text);
  if (count)
    return evenly(Number(count[1]), Number(count[2]), Number(count[3])).map(whole ? Math.trunc : fine);
  const range = stepped.exec(text);
  if (range) return steps(Number(range[1]), Number(range[2]), range[3] === undefined ? 1 : Number(range[3]));
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) return null;
  const value = Number(text);
  return whole && !Number.isInteger(value) ? null : [value];
}

/** Four digits, as A1111 rounds. */
const fine = (value: number) => Math.round(value * 1e4) / 1e4;

function steps(from: number, to: number, step: number): readonly number[] | null {
  if (step === 0) return null;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return Array.from({ length: Math.min(mostValues, Math.max(0, count)) }, (_, at) => fine(from + at * step));
}

function evenly(from: number, to: number, count: number): readonly number[] {
  const most = Math.min(mostValues, count);
  return Array.from({ length: most }, (_, at) =>
    most === 1 ? from : from + ((to - from) * at) / (most - 1),
  );
}
