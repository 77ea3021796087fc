import type { WorkFacts } from '../facts.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const gallery = (f: Format): Words['gallery'] => ({
  title: 'Galerie',
  none: 'Hier gibt es keine Galerie',
  noneHint: 'Diese Seite bewahrt ihre Werke nicht auf.',
  empty: 'Noch ist nichts hier',
  emptyHint:
    'Jedes Bild und jeder Film, den du machst, wird hier von selbst aufbewahrt, in diesem Browser und nirgends sonst.',
  notFound: 'Kein Werk passt',
  notFoundHint: 'Versuche andere Wörter, oder zeige alle.',
  works: 'Werke',
  search: 'In Prompts suchen',
  show: 'Anzeigen',
  filters: { all: 'Alle', pictures: 'Bilder', films: 'Filme', favourites: 'Favoriten' },
  select: 'Auswählen',
  exportAll: 'Alle exportieren',
  import: 'Importieren',
  file: 'Galeriedatei',
  chosenWorks: 'Ausgewählte Werke',
  chosen: (many) => `${f.number(many)} ausgewählt`,
  all: 'Alle',
  noneChosen: 'Keine',
  favourite: 'Favorit',
  notFavourite: 'Kein Favorit',
  compare: 'Vergleichen',
  makeFilm: 'Film machen',
  export: 'Exportieren',
  done: 'Fertig',
  amount: (works, bytes) => `${f.count(works, { one: '# Werk', other: '# Werke' })}, ${f.bytes(bytes)}`,
  amountOf: (visible, works, bytes) =>
    `${f.number(visible)} von ${f.count(works, { one: '# Werk', other: '# Werken' })}, ${f.bytes(bytes)}`,
  free: (bytes) => `${f.bytes(bytes)} frei`,
  short:
    'Der Speicher wird knapp. Exportiere Werke und lösche einige, oder entferne Modelle, bevor er voll ist.',
  transfers: { export: 'Export', import: 'Import' },
  transferBegun: (verb) => `${verb} läuft …`,
  transfer: (verb, done, total) => `${verb}: ${f.of(done, total)}`,
  useSettings: 'Einstellungen übernehmen',
  previous: 'Vorheriges',
  next: 'Nächstes',
  madeOn: (machine) => `gemacht mit ${machine}`,
  scenesMadeOn: (machine, scenes) =>
    `${scenes.length === 1 ? 'Szene' : 'Szenen'} ${f.list(scenes.map((each) => f.number(each)))} gemacht mit ${machine}`,
  viaApi: 'über die API gemacht',
  seed: (seed) => `Seed ${f.plain(seed)}`,
  steps: (steps) => f.count(steps, { one: '# Schritt', other: '# Schritte' }),
  kinds: { image: 'Bild', film: 'Film' },
  label: (work: WorkFacts) =>
    [
      `${work.kind === 'image' ? 'Bild' : 'Film'}${work.durationSec === undefined ? '' : `, ${f.seconds(work.durationSec)}`}: ${work.text || 'ohne Prompt'}`,
      ...(work.viaApi ? ['über die API gemacht'] : []),
      ...(work.favourite ? ['Favorit'] : []),
      f.date(work.createdAtMs),
    ].join(', '),
  different: 'Was verschieden ist',
  sameSettings: 'Beide wurden mit denselben Einstellungen gemacht.',
  notBothTell: 'Nicht beide verraten, wie sie gemacht wurden.',
  facts: {
    prompt: 'Prompt',
    model: 'Modell',
    revision: 'Version des Modells',
    source: 'Begann mit einem Bild',
    noSource: 'nein',
    sourceStrength: (strength) => `ja, Stärke ${f.number(strength)}`,
  },
});
