import type { ErrorCode } from '../../../domain/errors.ts';

export interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

/** What the person reads. A code without words does not compile. */
export const errors: Record<ErrorCode, ErrorWords> = {
  'audio-silent': {
    title: 'There is nothing to hear in the music',
    advice: 'The file holds no sound. Choose another one, or remove it.',
  },
  'audio-unreadable': {
    title: 'The music cannot be read',
    advice: 'It may be damaged, or no audio at all. Choose another file, or remove it.',
  },
  'bad-input': {
    title: 'This cannot be made as it is set',
    advice: 'Change the setting named below and try again.',
  },
  'bad-output': {
    title: 'The picture came out empty',
    advice:
      'It was tried twice. Another seed, fewer steps or a lower guidance may help, or the CPU instead of the GPU.',
  },
  'backend-unavailable': {
    title: 'This device cannot run it that way',
    advice: 'Choose “Automatic” or “CPU” as the backend under Advanced.',
  },
  'device-lost': {
    title: 'The graphics device stopped answering',
    advice: 'Try again. If it happens often, make smaller pictures or choose “CPU” under Advanced.',
  },
  'download-failed': {
    title: 'The model could not be fetched',
    advice: 'Check the connection and try again.',
  },
  'encoder-failed': {
    title: 'The film could not be written',
    advice: 'Try again, or choose another format.',
  },
  'encoder-unavailable': {
    title: 'This browser cannot write that format',
    advice: 'Choose another format.',
  },
  'file-corrupt': {
    title: 'The file is damaged',
    advice: 'Try another copy of it.',
  },
  'file-not-found': {
    title: 'A file is missing',
    advice: 'Reload the page. If that does not help, the app was not installed completely.',
  },
  'file-unreadable': {
    title: 'The file cannot be read',
    advice: 'It may come from a later version of this app.',
  },
  'hub-gated': {
    title: 'This model asks for permission first',
    advice: 'Its owners let only people in who agreed to their terms on the hub. Choose another model.',
  },
  'hub-not-found': {
    title: 'There is no such model',
    advice: 'Check how its name is written: owner/name.',
  },
  internal: {
    title: 'Something went wrong',
    advice: 'Try again. If it stays so, reload the page: your prompt and settings are kept.',
  },
  'machine-answer': {
    title: 'The other machine’s answer cannot be read',
    advice:
      'It may be of another kind than was chosen, or the picture was damaged on its way. Try again, or check its address in Settings.',
  },
  'machine-busy': {
    title: 'The other machine has too much to do',
    advice: 'It asks to come back later. Try again in a while, or draw on another machine.',
  },
  'machine-censored': {
    title: 'The other machine withheld the picture',
    advice:
      'Its filter took the picture for one that it does not give out. Change the prompt or the seed, or draw on this device.',
  },
  'machine-failed': {
    title: 'The other machine could not make it',
    advice: 'What it said stands below. Change the setting that it names, or draw on another machine.',
  },
  'machine-refused': {
    title: 'The other machine does not let you in',
    advice: 'Check its key or its pairing in Settings.',
  },
  'machine-unknown': {
    title: 'That machine is no longer in your list',
    advice: 'Add it again in Settings, or choose another place to draw.',
  },
  'machine-unreachable': {
    title: 'The other machine does not answer',
    advice: 'Check that it is on, that its server is running, and that its address in Settings is right.',
  },
  'model-incomplete': {
    title: 'Parts of this model are missing',
    advice: 'Choose another model, or remove this one and fetch it again.',
  },
  'model-unsupported': {
    title: 'This kind of model does not work here',
    advice: 'Models that work are Stable Diffusion 1.x pipelines exported to ONNX.',
  },
  'not-an-image': {
    title: 'That file is not a picture',
    advice: 'Use a PNG, JPEG, WebP, AVIF or GIF file.',
  },
  offline: {
    title: 'There is no connection',
    advice: 'Connect to the internet and try again.',
  },
  'out-of-memory': {
    title: 'This device ran out of memory',
    advice: 'Close other tabs, or make the picture smaller, and try again.',
  },
  'runtime-missing': {
    title: 'A part of the app is not here yet',
    advice: 'It computes the pictures, and is fetched once. Connect to the internet and try again.',
  },
  'session-failed': {
    title: 'The model could not be started',
    advice: 'Try again. If it stays so, choose “CPU” as the backend under Advanced.',
  },
  'storage-failed': {
    title: 'The browser’s storage does not answer',
    advice: 'Reload the page. In a private window, storage may be switched off.',
  },
  'storage-full': {
    title: 'There is no room left',
    advice: 'Delete what you do not need any more, here or on this device.',
  },
  'timed-out': {
    title: 'It took too long',
    advice: 'Try again, with fewer steps or a smaller picture.',
  },
  'worker-crashed': {
    title: 'The picture engine stopped',
    advice: 'Nothing you made is lost. Try again: it starts afresh.',
  },
};
