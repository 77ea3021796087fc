import type { Format } from '../format.ts';

/** What is wrong with what was entered, beside its field. */
export const pictureProblems = (f: Format) => ({
  empty: () => 'Write what you want to see.',
  tooLong: (max: number, length: number) =>
    `At most ${f.number(max)} characters; this has ${f.number(length)}. Nothing has been cut.`,
  notWhole: () => 'Enter a whole number.',
  outside: (min: number, max: number) => `Enter a number from ${f.plain(min)} to ${f.plain(max)}.`,
  notMultiple: (multiple: number) => `Sides must be multiples of ${f.plain(multiple)}.`,
  sidesOutside: (min: number, max: number, multiple: number) =>
    `Sides must be from ${f.plain(min)} to ${f.plain(max)} pixels, in multiples of ${f.plain(multiple)}.`,
  sourceTooLarge: (name: string, width: number, height: number, max: number) =>
    `“${name}” has ${f.size(width, height)} pixels, ${f.number(Math.round((width * height) / 1e6))} megapixels. At most ${f.number(max / 1e6)} can be opened here: make it smaller first.`,
  sourceUnreadable: (name: string) =>
    `“${name}” is not a picture that can be read. Try a PNG, JPEG or WebP file.`,
});
