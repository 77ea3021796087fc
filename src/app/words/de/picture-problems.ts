import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const pictureProblems = (f: Format): Words['pictureProblems'] => ({
  empty: () => 'Schreibe, was du sehen willst.',
  tooLong: (max, length) =>
    `Höchstens ${f.number(max)} Zeichen; das sind ${f.number(length)}. Es wurde nichts abgeschnitten.`,
  notWhole: () => 'Gib eine ganze Zahl ein.',
  outside: (min, max) => `Gib eine Zahl von ${f.plain(min)} bis ${f.plain(max)} ein.`,
  notMultiple: (multiple) => `Die Seiten müssen Vielfache von ${f.plain(multiple)} sein.`,
  sidesOutside: (min, max, multiple) =>
    `Die Seiten müssen von ${f.plain(min)} bis ${f.plain(max)} Pixel lang sein, in Vielfachen von ${f.plain(multiple)}.`,
  sourceTooLarge: (name, width, height, max) =>
    `„${name}“ hat ${f.size(width, height)} Pixel, das sind ${f.number(Math.round((width * height) / 1e6))} Megapixel. Höchstens ${f.number(max / 1e6)} lassen sich hier öffnen: Verkleinere es zuerst.`,
  sourceUnreadable: (name) =>
    `„${name}“ ist kein lesbares Bild. Versuche es mit einer Datei in PNG, JPEG oder WebP.`,
});
