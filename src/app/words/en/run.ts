import type { Format } from '../format.ts';

/** What is happening while a picture or a film is made. */
export const run = (f: Format) => ({
  progress: 'Progress',
  watch: 'Watch',
  waiting: 'Getting ready',
  fetching: (bytes: string) => `Fetching the model · ${bytes}`,
  starting: (part: string, done: number, total: number) =>
    `Starting the model · ${part}, ${f.of(done, total)} parts ready`,
  /** The part was there for another size or number of passes. */
  adapting: (part: string, done: number, total: number) =>
    `Adapting the model to these settings · ${part}, ${f.of(done, total)} parts ready`,
  parts: { text_encoder: 'reading', unet: 'drawing', vae_decoder: 'developing', vae_encoder: 'looking' },
  reading: 'Reading the prompt',
  step: (step: number, steps: number) => `Step ${f.of(step, steps)}`,
  finishing: 'Finishing',
  /** Of a picture that is too large to be decoded at once. */
  finishingParts: (done: number, total: number) => `Finishing, part ${f.of(done, total)}`,
  ofPictures: (phase: string, index: number, count: number) => `${phase} · picture ${f.of(index, count)}`,
  /** At another machine, which has a line of its own. */
  queued: 'Waiting there for its turn',
  queuedNext: 'Next in line there',
  queuedBehind: (others: number) => f.count(others, { one: '# before it there', other: '# before it there' }),
  sending: 'Sending what to draw',
  onMachines: (many: number) => f.count(many, { one: 'On # machine', other: 'On # machines' }),
  drawingElsewhere: 'Being drawn there',
  receiving: 'Fetching the picture',
  awaitsTurn: 'Waiting for its turn',
  ofScene: (scene: number, phase: string) => `Scene ${f.number(scene)} · ${phase}`,
  ofMorph: (scene: number, phase: string) => `Morph after scene ${f.number(scene)} · ${phase}`,
  picturesFirst: 'Making the pictures first',
  startingEncoder: 'Starting the encoder',
  frame: (done: number, total: number) => `Frame ${f.of(done, total)}`,
  puttingTogether: 'Putting the file together',
});
