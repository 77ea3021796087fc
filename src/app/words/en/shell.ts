import type { Format } from '../format.ts';

/** What is around every screen. */
export const shell = (f: Format) => ({
  skip: 'Skip to content',
  settings: 'Settings',
  screens: 'Screens',
  screen: { picture: 'Picture', film: 'Film', gallery: 'Gallery' },
  message: 'Message',
  messages: 'Messages',
  dropTitle: 'Drop a picture or a film',
  dropHint:
    'A picture that tells how it was made restores its settings, whatever tool made it; so does a film made here. Any other picture becomes the source of the next one.',
  textOf: (from: string) => `What ${from} says`,
  pastedPicture: 'Pasted picture',
  updateReady: 'A new version of Zoetrope is ready. What you are doing is kept.',
  updateWaits: 'The new version starts as soon as the running work is done.',
  reload: 'Reload',
  saferMode: 'The picture came out empty at first, so it was made again in a slower, safer way.',
  singlePrecision:
    'The GPU could not do it in half precision; the work goes on in single precision, a little slower.',
  fallback: (from: string, to: string) => `The ${from} could not do it; the work goes on with the ${to}.`,
  loraInPart: (name: string, applied: number, left: number) =>
    `The LoRA ${name} is for a larger model: ${f.number(applied)} of its layers are used, ${f.number(left)} do not exist here.`,
  allLayers: (clipSkip: number) =>
    `Clip skip ${f.number(clipSkip)} is not applied: the model in use is made of finished graphs, which use all layers of the text encoder.`,
  backendNames: { webgpu: 'GPU', wasm: 'CPU' },
  brokenTitle: 'The page could not be drawn',
  brokenAdvice: 'Reload it: your prompt and settings are kept. If that does not help, reset the settings.',
  resetAndReload: 'Reset settings and reload',
  /** For screen readers, when the language was changed. */
  languageNow: 'The page is in English now.',
  begun: (pictures: number) =>
    pictures === 1 ? 'Drawing the picture.' : `Drawing ${f.number(pictures)} pictures.`,
  percentDone: (percent: number) => `${f.number(percent)} percent.`,
  ready: (pictures: number, seconds: number) =>
    `${pictures === 1 ? 'Picture' : `${f.number(pictures)} pictures`} ready after ${f.seconds(seconds)}.`,
  cancelled: 'Cancelled.',
});
