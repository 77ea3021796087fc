import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const api = (f: Format): Words['api'] => ({
  title: 'Arbeit für Skripte',
  cancel: (label) => `„${label}“ abbrechen`,
  kinds: { image: 'Bild für ein Skript', video: 'Film für ein Skript' },
  stopping: (what) => `${what}: wird angehalten`,
  waiting: (what) => `${what}: wartet`,
  gettingReady: (what) => `${what}: wird vorbereitet`,
  step: (what, step, steps) => `${what}: Schritt ${f.of(step, steps)}`,
  stepLeft: (what, step, steps, leftSec) =>
    `${what}: Schritt ${f.of(step, steps)}, noch ${f.wholeSeconds(leftSec)}`,
  askTitle: 'Darf diese Website hier Bilder machen?',
  ask: (origin) =>
    `${origin} zeigt Zoetrope in einem Rahmen und bittet darum, damit auf diesem Gerät Bilder und Filme zu machen. Die Website sieht dann, was sie anfordert, und sonst nichts von dir. Die Erlaubnis gilt, bis die Seite geschlossen wird.`,
  refuse: 'Nicht erlauben',
  allow: 'Erlauben',
});
