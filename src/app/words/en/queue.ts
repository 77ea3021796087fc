import type { Format } from '../format.ts';

/** What is being made and what waits. */
export const queue = (f: Format) => ({
  title: 'Queue',
  waitingInQueue: (many: number) => `${f.number(many)} waiting in the queue.`,
  left: (many: number, kinds: string) =>
    `${many === 1 ? '1 job is' : `${f.number(many)} jobs are`} waiting from before: ${kinds}. Go on?`,
  leftOne: (kinds: string, name: string) => `1 job is waiting from before: ${kinds}, ${name}. Go on?`,
  goOn: 'Go on',
  discard: 'Discard',
  cancelAll: 'Cancel all',
  allJobs: 'All jobs',
  allDone: 'All done',
  making: 'In the making',
  makingAndWaiting: (waiting: number) => `In the making, and ${f.number(waiting)} waiting`,
  waitingOnly: (waiting: number) => `${f.number(waiting)} waiting`,
  move: (name: string, place: number, count: number) =>
    `Move ${name}, ${f.of(place, count)}: drag, or press the up and down arrow keys`,
  willTake: (duration: string) => `will take about ${duration}`,
  progressOf: (name: string) => `Progress of ${name}`,
  saveOne: (name: string) => `Save ${name}`,
  tryOne: (name: string) => `Try ${name} again`,
  cancelOne: (name: string) => `Cancel ${name}`,
  removeOne: (name: string) => `Remove ${name}`,
  madeOf: (made: number, pictures: string) => `${f.number(made)} of ${pictures} made`,
  pictureFacts: (number: string, size: string, steps: string, seed: number) =>
    `${number} · ${size} · ${steps} · seed ${f.plain(seed)}`,
  filmPictures: 'Pictures of a film',
  filmAs: (format: string) => `Film as ${format}`,
  waiting: 'Waiting',
  ready: 'Ready to be saved',
  /** `2 pictures and a film` */
  kinds: (pictures: number, films: number) =>
    f.list([
      ...(pictures > 0 ? [f.count(pictures, { one: 'a picture', other: '# pictures' })] : []),
      ...(films > 0 ? [f.count(films, { one: 'a film', other: '# films' })] : []),
    ]),
});
