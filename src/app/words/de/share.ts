import type { Words } from '../words.ts';

export const share: Words['share'] = {
  title: 'Teilen',
  inside: 'Was darin steckt',
  origin: 'Herkunft',
  originNote: 'Ein Vermerk, dass eine Maschine es gemacht hat (IPTC: trainedAlgorithmicMedia).',
  recipe: 'Rezept',
  filmRecipe: 'Das Storyboard: Prompts und Einstellungen aller Szenen, im Kommentarfeld.',
  sendRecipe: 'Das Rezept mitschicken',
  sendRecipeHint: 'Damit können andere das gleiche Bild machen und es verändern.',
  format: 'Format',
  quality: 'Qualität',
  fileSize: 'Größe der Datei',
  nothing: 'Nichts als der Film.',
  ways: 'Wege zu teilen',
  shareWith: 'Teilen …',
  copyImage: 'Bild kopieren',
  copyLink: 'Link kopieren',
  linkHint:
    'Der Link enthält den Prompt und die Einstellungen, nicht das Bild. Wer ihn öffnet, kann das gleiche Bild auf dem eigenen Gerät machen.',
  linkHintWithSource:
    'Der Link enthält den Prompt und die Einstellungen, nicht das Bild. Wer ihn öffnet, kann das gleiche Bild auf dem eigenen Gerät machen, nur ohne das Bild, mit dem dieses begann.',
  zipFile: 'Zip-Datei',
};
