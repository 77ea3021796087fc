import type { FilmUnit } from '../../../domain/video/film-problem.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

const units: Record<FilmUnit, string> = {
  fps: 'Bilder pro Sekunde',
  steps: 'Schritte',
  pixels: 'Pixel',
  frames: 'Einzelbilder',
  pictures: 'Bilder',
  seconds: 'Sekunden',
};

const unitWords = (unit: FilmUnit | null) => (unit ? ` ${units[unit]}` : '');

export const filmProblems = (f: Format): Words['filmProblems'] => ({
  fewScenes: (min) => `Es braucht mindestens ${f.number(min)} Szenen`,
  manyScenes: (max) => `Höchstens ${f.number(max)} Szenen`,
  manyPixels: (width, height) => `Höchstens ${f.size(width, height)} Pixel insgesamt.`,
  tooLong: (max) => `Höchstens ${f.number(max)} Zeichen.`,
  emptyScene: () => 'Schreibe, was diese Szene zeigt, oder gib ihr ein eigenes Bild.',
  manyFrames: (frames, max) =>
    `Das ergibt ${f.number(frames)} Einzelbilder; höchstens ${f.number(max)} gehen (zehn Minuten mit 60 Bildern pro Sekunde).`,
  overlapped: (transitionFrames, frames) =>
    `Die Übergänge überdecken diese Szene um ${f.number(transitionFrames)} Einzelbilder, aber sie hat nur ${f.number(frames)}: Mache sie länger oder die Übergänge kürzer.`,
  noFrames: () => 'Eine Szene braucht mindestens ein Einzelbild: Mache sie länger.',
  duration: (max) => `Mehr als 0 und höchstens ${f.number(max)} Sekunden.`,
  odd: () => 'Muss gerade sein: H.264 verlangt es.',
  notWhole: (min, max, unit) => `Eine ganze Zahl von ${f.plain(min)} bis ${f.plain(max)}${unitWords(unit)}.`,
  noRate: (min, max, others) =>
    `Eine ganze Zahl von ${f.plain(min)} bis ${f.plain(max)} Bildern pro Sekunde, oder ${others.map(f.plain).join('; ')}.`,
  outside: (min, max, unit) => `Zwischen ${f.plain(min)} und ${f.plain(max)}${unitWords(unit)}.`,
});
