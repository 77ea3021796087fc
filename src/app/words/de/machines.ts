import type { MachineWords } from '../words.ts';
import type { Format } from '../format.ts';

export const machines = (f: Format): MachineWords => ({
  title: 'Wo Bilder entstehen',
  intro:
    'Auf diesem Gerät, und sonst wird nie jemand gefragt – es sei denn, du fügst hier einen anderen Rechner hinzu.',
  here: 'Dieses Gerät',
  hereHint: 'Nichts verlässt es',
  kinds: {
    zoetrope: 'Ein anderes Zoetrope',
    a1111: 'AUTOMATIC1111, Forge oder SD.Next',
    'sd-server': 'stable-diffusion.cpp (sd-server)',
    fastapi: 'Image and Video Generation API',
    horde: 'AI Horde',
  },
  kindHints: {
    zoetrope: 'Auf dem anderen Rechner: npm start -- --host 0.0.0.0 --headless',
    a1111: 'Mit --api gestartet, in deinem Netz oder auf diesem Rechner.',
    'sd-server': 'Der Server von stable-diffusion.cpp, Version von 2025 oder neuer.',
    fastapi: 'Der FastAPI-Dienst mit POST /generate, dessen Nachfolger Zoetrope ist.',
    horde: 'Freiwillige in aller Welt zeichnen kostenlos auf ihren eigenen Rechnern.',
  },
  add: 'Rechner hinzufügen',
  addTitle: 'Rechner hinzufügen',
  changeTitle: (name) => `„${name}“ ändern`,
  kind: 'Art',
  address: 'Adresse',
  addressWrong: 'Eine Adresse beginnt mit http:// oder https://, wie http://192.168.1.7:7860',
  name: 'Name',
  nameHint: 'Wie du ihn nennst; Bilder von dort tragen ihn.',
  pairingCode: 'Kopplungscode',
  pairingCodeHint:
    'Acht Ziffern, die das Terminal des anderen Rechners zeigt; leer, wo keiner verlangt wird.',
  key: 'Schlüssel',
  keyHints: {
    horde: 'Deiner von aihorde.net. Ohne bist du anonym und wartest am längsten.',
    a1111: 'Nur wenn mit --api-auth gestartet: benutzer:passwort',
  },
  keyKept: 'Liegt auf diesem Gerät. Leer lassen, um ihn zu behalten.',
  before: 'Bevor etwas gesendet wird',
  sent: 'Was gesendet wird',
  sentWhat: 'Dein Prompt, die Einstellungen des Bildes und, falls vorhanden, ein Ausgangsbild.',
  toWhom: 'An wen',
  toHost: (host) => `An ${host}, wer immer das betreibt. Sonst wird niemand gefragt.`,
  kept: 'Was sie behalten können',
  keptBy: {
    zoetrope:
      'Das Bild kommt mit seinem Prompt in die Galerie des Browsers dort, wo es der Mensch davor sieht.',
    a1111: 'Solche Server speichern meist jedes Bild mit seinem Prompt in einem eigenen Ordner.',
    'sd-server': 'Was gefragt wird, steht in seinem Terminal; die letzten Bilder behält er im Speicher.',
    fastapi: 'Er schreibt Bilder und Filme in einen eigenen Ordner.',
    horde:
      'Die Horde reicht Prompt und Ausgangsbild an Freiwillige weiter, die du nicht kennst und die sie lesen und behalten können. Die Horde führt das Konto deines Schlüssels und filtert Prompts.',
  },
  unencrypted: 'Der Weg dorthin ist nicht verschlüsselt: Wer im selben Netz ist, kann mitlesen.',
  agree: 'Zustimmen und verbinden',
  connecting: 'Verbinde …',
  cancel: 'Abbrechen',
  choose: (name) => `Bilder auf ${name} machen`,
  helps: (name) => `${name} hilft mit`,
  helpsShort: 'Hilft mit',
  helpsHint:
    'Filme und mehrere Bilder werden auf alle Rechner verteilt, die mithelfen, jeder so schnell er kann.',
  model: (name) => `Modell von ${name}`,
  test: (name) => `${name} prüfen`,
  change: (name) => `${name} ändern`,
  remove: (name) => `${name} entfernen`,
  moveUp: (name) => `${name} nach oben`,
  moveDown: (name) => `${name} nach unten`,
  states: {
    idle: 'Frei',
    unknown: 'Noch nicht geprüft',
    testing: 'Wird geprüft …',
    sending: 'Sendet',
    waiting: 'Wartet',
    receiving: 'Das Bild kommt',
    drawing: 'Zeichnet',
  },
  place: (place) =>
    place === 0 ? 'In seiner Warteschlange als Nächstes' : `Platz ${f.number(place)} in seiner Warteschlange`,
  drawingAt: (fraction) => `Zeichnet, ${f.percent(fraction)}`,
  answers: (models, samplers) =>
    `Antwortet: ${f.count(models, { one: '# Modell', other: '# Modelle' })}, ${f.count(samplers, { one: '# Sampler', other: '# Sampler' })}`,
  features: {
    seed: 'feste Seeds',
    size: 'andere Größen',
    img2img: 'von einem Bild ausgehen',
    preview: 'das entstehende Bild zeigen',
    cancel: 'mittendrin anhalten',
  },
  cannot: (what) => `Dort nicht möglich: ${f.list(what)}`,
  said: (said) => `Seine Worte: ${said}`,
  retryAfter: (seconds) => `Er bittet, in ${f.seconds(seconds)} wiederzukommen.`,
  why: {
    cors: 'Der Server ist da, lässt aber keine Seite dieser Adresse seine Antworten lesen.',
    'local-network':
      'Der Browser durfte nicht in deinem lokalen Netz fragen. Erlaube es neben der Adresse dieser Seite (Website-Einstellungen) und versuche es erneut.',
    insecure:
      'Diese Seite kam über https und darf einen Server über einfaches http nicht fragen. Öffne Zoetrope unter http://localhost (npm start), oder gib dem Server ein Zertifikat.',
    gone: 'Dort antwortet nichts. Ist der Rechner an, der Server gestartet und die Adresse richtig?',
  },
  ifRunning: 'Läuft er, dann lässt er vielleicht keine Seite dieser Adresse seine Antworten lesen.',
  startItWith: (option) => `Starte ihn mit: ${option}`,
  corsOptions: {
    zoetrope: (origin) => `npm start -- --host 0.0.0.0 --allow-origin ${origin}`,
    a1111: (origin) => `--api --cors-allow-origins=${origin}`,
    'sd-server': () => 'sd-server von 2025 oder neuer, den Seiten lesen dürfen',
    fastapi: (origin) => `CORSMiddleware(allow_origins=["${origin}"])`,
    horde: () => 'https://aihorde.net/api',
  },
});
