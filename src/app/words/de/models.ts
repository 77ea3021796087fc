import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { errors } from './errors.ts';
import { descriptions } from './descriptions.ts';

export const models = (f: Format): Words['models'] => ({
  title: 'Modelle',
  opening: 'Wird geöffnet …',
  inUse: 'In Gebrauch',
  recommended: 'Empfohlen',
  use: 'Verwenden',
  memoryOnly: 'Nur im Arbeitsspeicher, bis diese Seite geschlossen wird.',
  fetchingPercent: (fraction) => `${f.percent(fraction)} geholt`,
  filled: (where, paths) =>
    `Nicht in ${where} enthalten und so angenommen, wie es in dieser Familie üblich ist: ${paths}.`,
  another: 'Ein anderes Modell',
  anotherHint:
    'Stable Diffusion 1 und 2, Turbo und LCM: ein Repository des Hugging Face Hub, die Adresse eines Checkpoints oder ein Checkpoint (.safetensors, .ckpt) oder Ordner von diesem Gerät.',
  repository: 'Repository oder seine Adresse',
  repositoryHint: 'Besitzer/Name',
  look: 'Suchen',
  mirror: 'Einen Spiegel des Hubs verwenden',
  hubAddress: 'Adresse des Hubs',
  hubAddressWrong: 'Eine Adresse wie https://huggingface.co',
  hubNow: (url) => `Alle Modelle kommen jetzt von ${url}.`,
  fromFile: 'Aus einer Datei',
  file: 'Datei eines Modells',
  fromFolder: 'Aus einem Ordner',
  folder: 'Ordner eines Modells',
  extras: {
    title: 'LoRAs und Embeddings',
    hint: 'Dateien für Modelle, die hier kompiliert werden (.safetensors, .pt, .bin und Bilder, in denen ein Embedding steckt). Eine LoRA wird im Prompt mit ihrem Tag aufgerufen, ein Embedding mit seinem Namen.',
    add: 'Dateien hinzufügen',
    adding: (file) => `${file} wird hinzugefügt …`,
    list: 'Hinzugefügte Dateien',
    kinds: { lora: 'LoRA', embedding: 'Embedding', vae: 'VAE' },
    inAdvanced: 'Wird unter „Erweitert“ gewählt.',
    copy: (call) => `${call} kopieren`,
    delete: (name) => `${name} löschen`,
    deleted: (file) => `${file} gelöscht.`,
    dismiss: (file) => `Meldung zu ${file} schließen`,
  },
  found: 'Gefunden',
  inList: 'Es steht oben in der Liste.',
  otherVersionInList: 'Eine andere Version steht oben in der Liste.',
  download: (size) => `${size} herunterladen`,
  copy: (size) => `${size} kopieren`,
  steps: (steps) => f.count(steps, { one: '# Schritt', other: '# Schritte' }),
  licence: (name) => `Lizenz: ${name}`,
  version: (revision) => `Version ${revision}`,
  downloadOf: (name) => `Download von ${name}`,
  paused: (bytes) => `Angehalten: ${bytes}`,
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  discard: 'Verwerfen',
  stop: 'Abbrechen',
  leaving: 'Wird gelöscht, sobald du dies schließt.',
  undo: 'Rückgängig',
  inspecting: 'Der Hub wird gefragt, was es gibt …',
  pausing: (bytes) => `${bytes} · wird angehalten …`,
  retrying: (bytes, { code }) => `${bytes} · gleich ein neuer Versuch: ${errors[code].title}`,
  elsewhere: 'in einem anderen Tab',
  byteWork: { importing: 'Kopieren', checking: 'Prüfen', exporting: 'Exportieren' },
  byteWorkOf: (work, name) => `${work}: ${name}`,
  byteWorkDone: (work, bytes) => `${work}: ${bytes}`,
  perSecond: (size) => `${size}/s`,
  fit: {
    storage: (needBytes, freeBytes) =>
      `Braucht ${f.bytes(needBytes)} Speicherplatz; der Browser erlaubt noch ${f.bytes(freeBytes)}.`,
    memory: (needBytes, haveBytes) =>
      `Braucht etwa ${f.bytes(needBytes)} Arbeitsspeicher; vorhanden sind ${f.bytes(haveBytes)}.`,
    noGpu: (pictureSec) => `Ohne nutzbare GPU zeichnet die CPU: etwa ${f.seconds(pictureSec)} für ein Bild.`,
    noHalfPrecision: 'Dieser GPU fehlt die halbe Genauigkeit; sie zeichnet in einfacher: etwas langsamer.',
    gpuBuffer: (needBytes, limitBytes) =>
      `Bilder in voller Größe brauchen womöglich einen GPU-Puffer von ${f.bytes(needBytes)}; diese GPU erlaubt ${f.bytes(limitBytes)}. Kleinere Bilder gehen.`,
  },
  damaged: (files) =>
    `Beschädigt und nicht mehr zu bekommen: ${files}. Lösche das Modell und hole es noch einmal.`,
  whole: 'Geprüft: Jedes Byte ist, wie es war.',
  repaired: (parts) =>
    `Geprüft: ${f.count(parts, { one: 'Ein beschädigter Teil wurde', other: '# beschädigte Teile wurden' })} noch einmal geholt.`,
  runFromMemory: 'Aus dem Arbeitsspeicher ausführen',
  storage: 'Speicher',
  used: (usedBytes, freeBytes) => `${f.bytes(usedBytes)} belegt, ${f.bytes(freeBytes)} für diese Seite frei.`,
  usedAndKept: (usedBytes, freeBytes) =>
    `${f.bytes(usedBytes)} belegt, ${f.bytes(freeBytes)} für diese Seite frei; der Browser löscht nichts von selbst.`,
  usedAndMayGo: (usedBytes, freeBytes) =>
    `${f.bytes(usedBytes)} belegt, ${f.bytes(freeBytes)} für diese Seite frei; der Browser darf alles löschen, wenn der Datenträger voll wird.`,
  check: 'Prüfen',
  export: 'Exportieren',
  neverUsed: 'Noch nicht verwendet',
  lastUsed: (ms) => `Zuletzt verwendet am ${f.day(ms)}`,
  descriptions,
});
