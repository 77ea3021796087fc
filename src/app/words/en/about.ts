/** Whose work is inside, and what for. */
export const about = {
  title: 'About',
  what: (version: string) =>
    `Zoetrope ${version} makes pictures from words with Stable Diffusion, entirely in this browser. What you write and what you make stays on this device.`,
  credits: 'Credits and licences',
  notices: 'All licences of this build',
  credit: (name: string, by: string, licence: string, part: string) =>
    `${name} by ${by}, ${licence}: ${part}`,
  theirContributors: 'their contributors',
  gplOrLater: (source: string) => `GPL 2.0 or later; source at ${source}`,
  parts: {
    art: 'art that the built-in model learnt from',
    models: 'runs the models',
    tokenizer: 'tokenizer',
    page: 'page',
    controls: 'controls',
    state: 'state',
    icons: 'icons',
    fileChecks: 'checks of files',
    filmFiles: 'film files',
    zip: 'zip files',
    storage: 'storage',
    downloadChecks: 'checks of downloads',
    modelFiles: 'lists of model files',
    apiDocs: 'documentation of the API',
    secondEncoder: 'second film encoder, GIF and music',
  },
};
