import type { Words } from '../words.ts';

export const errors: Words['errors'] = {
  'audio-silent': {
    title: 'In der Musik ist nichts zu hören',
    advice: 'Die Datei enthält keinen Ton. Wähle eine andere oder entferne sie.',
  },
  'audio-unreadable': {
    title: 'Die Musik lässt sich nicht lesen',
    advice: 'Vielleicht ist sie beschädigt oder gar kein Ton. Wähle eine andere Datei oder entferne sie.',
  },
  'bad-input': {
    title: 'So, wie es eingestellt ist, geht es nicht',
    advice: 'Ändere die unten genannte Einstellung und versuche es noch einmal.',
  },
  'bad-output': {
    title: 'Das Bild ist leer geblieben',
    advice:
      'Es wurde zweimal versucht. Ein anderer Seed, weniger Schritte oder eine geringere Prompt-Treue können helfen, oder die CPU statt der GPU.',
  },
  'backend-unavailable': {
    title: 'Auf diese Weise kann das Gerät nicht rechnen',
    advice: 'Wähle unter „Erweitert“ als Recheneinheit „Automatisch“ oder „CPU“.',
  },
  'device-lost': {
    title: 'Die Grafikeinheit antwortet nicht mehr',
    advice:
      'Versuche es noch einmal. Kommt es öfter vor, mache kleinere Bilder oder wähle unter „Erweitert“ die CPU.',
  },
  'download-failed': {
    title: 'Das Modell konnte nicht geholt werden',
    advice: 'Prüfe die Verbindung und versuche es noch einmal.',
  },
  'encoder-failed': {
    title: 'Der Film konnte nicht geschrieben werden',
    advice: 'Versuche es noch einmal oder wähle ein anderes Format.',
  },
  'encoder-unavailable': {
    title: 'Dieses Format kann der Browser nicht schreiben',
    advice: 'Wähle ein anderes Format.',
  },
  'file-corrupt': {
    title: 'Die Datei ist beschädigt',
    advice: 'Versuche es mit einer anderen Kopie.',
  },
  'file-not-found': {
    title: 'Eine Datei fehlt',
    advice: 'Lade die Seite neu. Hilft das nicht, wurde die App nicht vollständig installiert.',
  },
  'file-unreadable': {
    title: 'Die Datei lässt sich nicht lesen',
    advice: 'Vielleicht stammt sie aus einer neueren Version dieser App.',
  },
  'hub-gated': {
    title: 'Für dieses Modell braucht man eine Erlaubnis',
    advice:
      'Seine Besitzer geben es nur weiter, wenn man auf dem Hub ihren Bedingungen zugestimmt hat. Wähle ein anderes Modell.',
  },
  'hub-not-found': {
    title: 'Dieses Modell gibt es nicht',
    advice: 'Prüfe, wie sein Name geschrieben wird: Besitzer/Name.',
  },
  internal: {
    title: 'Etwas ist schiefgegangen',
    advice:
      'Versuche es noch einmal. Bleibt es dabei, lade die Seite neu: Prompt und Einstellungen bleiben erhalten.',
  },
  'machine-answer': {
    title: 'Die Antwort des anderen Rechners ist nicht lesbar',
    advice:
      'Vielleicht ist er von anderer Art als gewählt, oder das Bild wurde unterwegs beschädigt. Versuche es noch einmal, oder prüfe seine Adresse in den Einstellungen.',
  },
  'machine-busy': {
    title: 'Der andere Rechner hat zu viel zu tun',
    advice:
      'Er bittet darum, später wiederzukommen. Versuche es in einer Weile noch einmal, oder zeichne auf einem anderen Rechner.',
  },
  'machine-censored': {
    title: 'Der andere Rechner hat das Bild zurückgehalten',
    advice:
      'Sein Filter hielt es für eines, das er nicht herausgibt. Ändere den Prompt oder den Seed, oder zeichne auf diesem Gerät.',
  },
  'machine-failed': {
    title: 'Der andere Rechner konnte es nicht machen',
    advice:
      'Was er dazu sagt, steht unten. Ändere die Einstellung, die er nennt, oder zeichne auf einem anderen Rechner.',
  },
  'machine-refused': {
    title: 'Der andere Rechner lässt dich nicht hinein',
    advice: 'Prüfe seinen Schlüssel oder seine Kopplung in den Einstellungen.',
  },
  'machine-unknown': {
    title: 'Dieser Rechner steht nicht mehr in deiner Liste',
    advice: 'Füge ihn in den Einstellungen wieder hinzu, oder wähle einen anderen Ort zum Zeichnen.',
  },
  'machine-unreachable': {
    title: 'Der andere Rechner antwortet nicht',
    advice: 'Prüfe, ob er an ist, ob sein Server läuft und ob seine Adresse in den Einstellungen stimmt.',
  },
  'model-incomplete': {
    title: 'Diesem Modell fehlen Teile',
    advice: 'Wähle ein anderes Modell, oder entferne dieses und hole es noch einmal.',
  },
  'model-unsupported': {
    title: 'Modelle dieser Art laufen hier nicht',
    advice: 'Es laufen Pipelines von Stable Diffusion 1.x im ONNX-Format.',
  },
  'not-an-image': {
    title: 'Diese Datei ist kein Bild',
    advice: 'Nimm eine Datei in PNG, JPEG, WebP, AVIF oder GIF.',
  },
  offline: {
    title: 'Es besteht keine Verbindung',
    advice: 'Verbinde dich mit dem Internet und versuche es noch einmal.',
  },
  'out-of-memory': {
    title: 'Dem Gerät ist der Arbeitsspeicher ausgegangen',
    advice: 'Schließe andere Tabs oder mache das Bild kleiner, und versuche es noch einmal.',
  },
  'runtime-missing': {
    title: 'Ein Teil der App ist noch nicht da',
    advice:
      'Er berechnet die Bilder und wird nur einmal geholt. Verbinde dich mit dem Internet und versuche es noch einmal.',
  },
  'session-failed': {
    title: 'Das Modell ließ sich nicht starten',
    advice: 'Versuche es noch einmal. Bleibt es dabei, wähle unter „Erweitert“ als Recheneinheit „CPU“.',
  },
  'storage-failed': {
    title: 'Der Speicher des Browsers antwortet nicht',
    advice: 'Lade die Seite neu. In einem privaten Fenster ist der Speicher vielleicht abgeschaltet.',
  },
  'storage-full': {
    title: 'Es ist kein Platz mehr',
    advice: 'Lösche, was du nicht mehr brauchst, hier oder auf dem Gerät.',
  },
  'timed-out': {
    title: 'Es hat zu lange gedauert',
    advice: 'Versuche es noch einmal, mit weniger Schritten oder einem kleineren Bild.',
  },
  'worker-crashed': {
    title: 'Der Bildrechner ist stehen geblieben',
    advice: 'Nichts von dem, was du gemacht hast, ist verloren. Versuche es noch einmal: Er beginnt neu.',
  },
};
