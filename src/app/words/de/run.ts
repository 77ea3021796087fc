import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const run = (f: Format): Words['run'] => ({
  progress: 'Fortschritt',
  watch: 'Zusehen',
  waiting: 'Wird vorbereitet',
  fetching: (bytes) => `Modell wird geholt · ${bytes}`,
  starting: (part, done, total) => `Modell wird gestartet · ${part}, ${f.of(done, total)} Teilen bereit`,
  adapting: (part, done, total) =>
    `Modell wird auf diese Einstellungen umgestellt · ${part}, ${f.of(done, total)} Teilen bereit`,
  parts: { text_encoder: 'Lesen', unet: 'Zeichnen', vae_decoder: 'Entwickeln', vae_encoder: 'Ansehen' },
  reading: 'Prompt wird gelesen',
  step: (step, steps) => `Schritt ${f.of(step, steps)}`,
  finishing: 'Wird fertiggestellt',
  finishingParts: (done, total) => `Wird fertiggestellt, Teil ${f.of(done, total)}`,
  ofPictures: (phase, index, count) => `${phase} · Bild ${f.of(index, count)}`,
  queued: 'Wartet dort, bis es an der Reihe ist',
  queuedNext: 'Dort als Nächstes an der Reihe',
  queuedBehind: (others) => f.count(others, { one: 'Dort noch # davor', other: 'Dort noch # davor' }),
  sending: 'Schickt, was zu zeichnen ist',
  onMachines: (many) => f.count(many, { one: 'Auf # Rechner', other: 'Auf # Rechnern' }),
  drawingElsewhere: 'Wird dort gezeichnet',
  receiving: 'Holt das Bild',
  awaitsTurn: 'Wartet, bis es an der Reihe ist',
  ofScene: (scene, phase) => `Szene ${f.number(scene)} · ${phase}`,
  ofMorph: (scene, phase) => `Morphing nach Szene ${f.number(scene)} · ${phase}`,
  picturesFirst: 'Zuerst entstehen die Bilder',
  startingEncoder: 'Encoder wird gestartet',
  frame: (done, total) => `Einzelbild ${f.of(done, total)}`,
  puttingTogether: 'Datei wird zusammengesetzt',
});
