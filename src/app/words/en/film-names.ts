/** What can be chosen for a film. */
export const filmNames = {
  transitions: {
    none: 'Cut',
    'cross-fade': 'Cross-fade',
    'fade-black': 'Fade through black',
    'fade-white': 'Fade through white',
    slide: 'Slide',
    wipe: 'Wipe',
    zoom: 'Zoom',
    dissolve: 'Dissolve',
    morph: 'Morph',
  },
  motions: {
    still: 'Still',
    'zoom-in': 'Zoom in',
    'zoom-out': 'Zoom out',
    'pan-left': 'Pan left',
    'pan-right': 'Pan right',
    'pan-up': 'Pan up',
    'pan-down': 'Pan down',
  },
  formats: { mp4: 'MP4', webm: 'WebM', gif: 'GIF', 'png-zip': 'PNG frames' },
  formatHints: {
    mp4: 'H.264, plays everywhere',
    webm: 'VP9, for the web',
    gif: 'moves anywhere, without sound',
    'png-zip': 'every frame, in a zip',
  },
  encoders: { auto: 'Fastest encoder', ffmpeg: 'Most compatible (ffmpeg)' },
  transitionModes: { insert: 'Extra frames', overlap: 'The scenes’ frames' },
  seedModes: { common: 'One for all scenes', 'per-scene': 'One for each scene' },
  badges: { own: 'Own', stale: 'Changed' },
};
