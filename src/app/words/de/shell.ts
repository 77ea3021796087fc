import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const shell = (f: Format): Words['shell'] => ({
  skip: 'Zum Inhalt springen',
  settings: 'Einstellungen',
  screens: 'Bereiche',
  screen: { picture: 'Bild', film: 'Film', gallery: 'Galerie' },
  message: 'Meldung',
  messages: 'Meldungen',
  dropTitle: 'Bild oder Film hier ablegen',
  dropHint:
    'Ein Bild, das sagt, wie es gemacht wurde, stellt seine Einstellungen wieder her, gleich mit welchem Werkzeug; ebenso ein Film von hier. Jedes andere Bild wird zur Vorlage für das nächste.',
  textOf: (from) => `Was in ${from} steht`,
  pastedPicture: 'Eingefügtes Bild',
  updateReady: 'Eine neue Version von Zoetrope ist bereit. Deine Arbeit bleibt erhalten.',
  updateWaits: 'Die neue Version beginnt, sobald die laufende Arbeit fertig ist.',
  reload: 'Neu laden',
  saferMode:
    'Das Bild blieb zunächst leer; darum wurde es auf langsamere, sicherere Weise noch einmal gemacht.',
  singlePrecision:
    'Die GPU konnte es nicht mit halber Genauigkeit; mit einfacher geht es weiter, etwas langsamer.',
  fallback: (from, to) => `Die ${from} konnte es nicht; die ${to} macht weiter.`,
  loraInPart: (name: string, applied: number, left: number) =>
    `Die LoRA ${name} ist für ein größeres Modell: ${f.number(applied)} ihrer Schichten wirken, ${f.number(left)} gibt es hier nicht.`,
  allLayers: (clipSkip: number) =>
    `Clip skip ${f.number(clipSkip)} wird nicht angewandt: Das verwendete Modell besteht aus fertigen Graphen, die alle Schichten des Textencoders nutzen.`,
  backendNames: { webgpu: 'GPU', wasm: 'CPU' },
  brokenTitle: 'Die Seite konnte nicht gezeichnet werden',
  brokenAdvice:
    'Lade sie neu: Prompt und Einstellungen bleiben erhalten. Hilft das nicht, setze die Einstellungen zurück.',
  resetAndReload: 'Einstellungen zurücksetzen und neu laden',
  languageNow: 'Die Seite ist jetzt auf Deutsch.',
  begun: (pictures) =>
    pictures === 1 ? 'Das Bild wird gezeichnet.' : `${f.number(pictures)} Bilder werden gezeichnet.`,
  percentDone: (percent) => `${f.number(percent)} Prozent.`,
  ready: (pictures, seconds) =>
    `${pictures === 1 ? 'Bild' : `${f.number(pictures)} Bilder`} fertig nach ${f.seconds(seconds)}.`,
  cancelled: 'Abgebrochen.',
});
