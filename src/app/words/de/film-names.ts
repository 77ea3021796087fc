import type { filmNames as english } from '../en/film-names.ts';

export const filmNames: typeof english = {
  transitions: {
    none: 'Schnitt',
    'cross-fade': 'Überblendung',
    'fade-black': 'Blende durch Schwarz',
    'fade-white': 'Blende durch Weiß',
    slide: 'Schieben',
    wipe: 'Wischen',
    zoom: 'Zoom',
    dissolve: 'Auflösen',
    morph: 'Morphing',
  },
  motions: {
    still: 'Unbewegt',
    'zoom-in': 'Heranfahren',
    'zoom-out': 'Wegfahren',
    'pan-left': 'Schwenk nach links',
    'pan-right': 'Schwenk nach rechts',
    'pan-up': 'Schwenk nach oben',
    'pan-down': 'Schwenk nach unten',
  },
  formats: { mp4: 'MP4', webm: 'WebM', gif: 'GIF', 'png-zip': 'PNG-Bilder' },
  formatHints: {
    mp4: 'H.264, läuft überall',
    webm: 'VP9, fürs Web',
    gif: 'überall bewegt, ohne Ton',
    'png-zip': 'jedes Einzelbild, in einer Zip-Datei',
  },
  encoders: { auto: 'Schnellster Encoder', ffmpeg: 'Höchste Kompatibilität (ffmpeg)' },
  transitionModes: { insert: 'Zusätzliche Einzelbilder', overlap: 'Einzelbilder der Szenen' },
  seedModes: { common: 'Eines für alle Szenen', 'per-scene': 'Eines für jede Szene' },
  badges: { own: 'Eigenes', stale: 'Geändert' },
};
