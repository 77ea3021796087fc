import type { Words } from '../words.ts';

export const about: Words['settings']['about'] = {
  title: 'Über Zoetrope',
  what: (version) =>
    `Zoetrope ${version} macht mit Stable Diffusion Bilder aus Worten, ganz in diesem Browser. Was du schreibst und was du machst, bleibt auf diesem Gerät.`,
  credits: 'Mitwirkende und Lizenzen',
  notices: 'Alle Lizenzen dieser Ausgabe',
  credit: (name, by, licence, part) => `${name} von ${by}, ${licence}: ${part}`,
  theirContributors: 'ihren Mitwirkenden',
  gplOrLater: (source) => `GPL 2.0 oder neuer; Quelltext unter ${source}`,
  parts: {
    art: 'Bilder, aus denen das eingebaute Modell gelernt hat',
    models: 'führt die Modelle aus',
    tokenizer: 'Tokenizer',
    page: 'Seite',
    controls: 'Bedienelemente',
    state: 'Zustand',
    icons: 'Symbole',
    fileChecks: 'Prüfung von Dateien',
    filmFiles: 'Filmdateien',
    zip: 'Zip-Dateien',
    storage: 'Speicher',
    downloadChecks: 'Prüfung von Downloads',
    modelFiles: 'Listen von Modelldateien',
    apiDocs: 'Dokumentation der API',
    secondEncoder: 'zweiter Film-Encoder, GIF und Musik',
  },
};
