import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const queue = (f: Format): Words['queue'] => ({
  title: 'Warteschlange',
  waitingInQueue: (many) => f.count(many, { one: '# Auftrag wartet.', other: '# Aufträge warten.' }),
  left: (many, kinds) =>
    `${f.count(many, { one: '# Auftrag wartet', other: '# Aufträge warten' })} noch von vorhin: ${kinds}. Weitermachen?`,
  leftOne: (kinds, name) => `1 Auftrag wartet noch von vorhin: ${kinds}, ${name}. Weitermachen?`,
  goOn: 'Weitermachen',
  discard: 'Verwerfen',
  cancelAll: 'Alle abbrechen',
  allJobs: 'Alle Aufträge',
  allDone: 'Alles fertig',
  making: 'In Arbeit',
  makingAndWaiting: (waiting) => `In Arbeit, ${f.count(waiting, { one: '# wartet', other: '# warten' })}`,
  waitingOnly: (waiting) => f.count(waiting, { one: '# wartet', other: '# warten' }),
  move: (name, place, count) =>
    `${name} verschieben, ${f.of(place, count)}: ziehen oder die Pfeiltasten nach oben und unten drücken`,
  willTake: (duration) => `dauert etwa ${duration}`,
  progressOf: (name) => `Fortschritt von ${name}`,
  saveOne: (name) => `${name} speichern`,
  tryOne: (name) => `${name} noch einmal versuchen`,
  cancelOne: (name) => `${name} abbrechen`,
  removeOne: (name) => `${name} entfernen`,
  madeOf: (made, pictures) => `${f.number(made)} von ${pictures} fertig`,
  pictureFacts: (number, size, steps, seed) => `${number} · ${size} · ${steps} · Seed ${f.plain(seed)}`,
  filmPictures: 'Bilder eines Films',
  filmAs: (format) => `Film als ${format}`,
  waiting: 'Wartet',
  ready: 'Bereit zum Speichern',
  kinds: (pictures, films) =>
    f.list([
      ...(pictures > 0 ? [f.count(pictures, { one: 'ein Bild', other: '# Bilder' })] : []),
      ...(films > 0 ? [f.count(films, { one: 'ein Film', other: '# Filme' })] : []),
    ]),
});
