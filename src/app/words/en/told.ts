import type { PlainError } from '../../../domain/errors.ts';
import type { NamedExtra } from '../../../domain/model/extra.ts';
import type { MadeWith, Origin } from '../facts.ts';
import type { Format } from '../format.ts';
import { errors } from './errors.ts';
import { recipeWords } from './recipe.ts';

/** What the store has to say, and the buttons beside it. */
export const told = (f: Format) => ({
  /** What went wrong where no field and no box is there to tell it. */
  failed: ({ message }: PlainError) => message,
  undo: () => 'Undo',
  useHere: () => 'Use it here',
  install: () => 'Install',
  installable: () =>
    'Zoetrope can be installed: it then opens like any other app, with or without a network.',
  notAllDeleted: () => 'Not everything could be deleted. Close other tabs of this app and try again.',
  notPersisted: () => 'The browser did not agree. Installing the app, or using it more often, may help.',
  oneShared: () => 'Several pictures were shared; the first one was taken.',

  restored: (from: Origin, madeWith: MadeWith | null, hadSource: boolean) =>
    [
      `Settings restored from ${originWords(from)}.`,
      ...(madeWith ? [madeWithWords(madeWith)] : []),
      ...(hadSource ? ['It began from another picture, which is not in there.'] : []),
    ].join(' '),
  recipe: recipeWords,
  showText: () => 'Show the text',
  tellsRecipe: (file: string) =>
    `“${file}” is the source of the next picture. It also tells how it was made.`,
  restoreIt: () => 'Restore its settings',
  unknownPicture: (file: string) =>
    `“${file}” was not made by a tool that this page knows. It is used as the source of the next picture.`,
  claimedPicture: (file: string, by: string) =>
    `The content credentials of “${file}” say that it was made with ${by}, but not how. It is used as the source of the next picture.`,
  unfollowedPicture: (file: string, by: string) =>
    `“${file}” was made with ${by}, in a way that this page cannot follow. It is used as the source of the next picture.`,
  oneOpened: (file: string, others: readonly string[]) =>
    `One file is opened at a time: “${file}” was. Not opened: ${others.map((name) => `“${name}”`).join(', ')}.`,
  machineAdded: (name: string) => `“${name}” answers, and was added.`,
  machineRemoved: (name: string) => `“${name}” was removed, with its key.`,
  machinesNotKept: () => 'The browser did not keep the list of machines: it lasts until this page is closed.',
  listDeleted: (name: string) => `List “${name}” deleted.`,
  listsNotKept: () => 'The browser did not keep the lists: they last until this page is closed.',
  linesLeftOut: (lines: readonly number[], options: readonly string[]) =>
    [
      ...(lines.length > 0
        ? [
            `Left out, because they cannot be made: ${lines.length === 1 ? 'line' : 'lines'} ${f.list(lines.map((line) => f.number(line)))}.`,
          ]
        : []),
      ...(options.length > 0 ? [`Not known here: ${options.join(', ')}.`] : []),
    ].join(' '),
  settingsRestored: () => 'Settings restored.',
  useAsSource: () => 'Use as source',
  pasteAsPrompt: () => 'Paste as prompt',
  switchTo: (model: string) => `Switch to ${model}`,
  getModel: () => 'Get that model',
  extrasMissing: (missing: readonly NamedExtra[]) =>
    `Not in this browser: ${missing.map(({ kind, name }) => `${{ lora: 'the LoRA', embedding: 'the embedding', vae: 'the VAE' }[kind]} “${name}”`).join(', ')}. Add the files, or take them out of the prompt.`,
  addExtras: () => 'Add files',
  pictureDeleted: () => 'Picture deleted.',
  enlarged: (name: string, width: number, height: number) =>
    `“${name}” now has ${f.size(width, height)} pixels. It is in the gallery.`,
  notifyAsk: () => 'This takes a while. You can be told when it is done.',
  notifyYes: () => 'Tell me',
  gridReady: (pictures: number) => `The grid of ${f.number(pictures)} pictures is ready.`,
  toGallery: () => 'To the gallery',
  pictureCopied: () => 'Picture copied.',
  settingsCopied: () => 'Settings copied as text.',
  linkCopied: () => 'Link copied.',
  copyRefused: () => 'The browser did not allow copying.',
  notAllowed: () => 'The browser did not allow it.',
  fileNotTaken: () => 'The system did not take this file.',
  fileNotTakenSaveIt: () => 'The system did not take this file. Save it instead.',
  filmNotTaken: () => 'The system did not take the film.',

  modelTakenOver: () => 'Another tab has taken over the model. It is loaded again when you need it here.',
  modelWaits: (model: string) => `${model} waits: another tab has a large model loaded.`,
  modelGone: (model: string, now: string) => `${model} is no longer in this browser; ${now} draws now.`,
  modelReady: (model: string) => `${model} is ready.`,
  modelReadyOffline: (model: string) => `${model} is ready, also without a network.`,
  modelExported: (model: string, folder: string) => `${model} is in the folder “${folder}”.`,
  callCopied: (call: string) => `${call} copied: paste it into the prompt.`,
  modelNotDeleted: (model: string, { message }: PlainError) => `${model} is still there: ${message}`,
  modelOfOtherTab: (model: string) => `Another tab draws with ${model} now.`,
  followModel: () => 'Use it here too',

  workDeleted: (works: number) => (works === 1 ? 'Deleted.' : `${f.number(works)} works deleted.`),
  worksExported: (works: number) => `${f.count(works, { one: '# work', other: '# works' })} exported.`,
  worksImported: (added: number, known: number, unreadable: number, damaged: number) =>
    `${[
      `${f.count(added, { one: '# work', other: '# works' })} added`,
      ...(known > 0 ? [f.count(known, { one: '# was here already', other: '# were here already' })] : []),
      ...(unreadable > 0 ? [`${f.number(unreadable)} of a later version left out`] : []),
      ...(damaged > 0 ? [`${f.number(damaged)} damaged`] : []),
    ].join(', ')}.`,
  workNotKept: (kind: 'image' | 'film', full: boolean) =>
    `This ${kind === 'image' ? 'picture' : 'film'} is not in the gallery: ${lossReason(full)}. Save it as a file, or it is lost when this page closes.`,
  apiWorkNotKept: (full: boolean) =>
    `What scripts ask for is made, but does not go to the gallery: ${lossReason(full)}.`,
  storageShort: () =>
    'Storage is running short. Export works from the gallery, or delete some, before it is full.',

  jobCancelled: () => 'Cancelled.',
  jobRemoved: () => 'Removed from the queue.',
  jobsCancelled: (jobs: number) => `${f.count(jobs, { one: '# job', other: '# jobs' })} cancelled.`,
  jobsDiscarded: (jobs: number) => (jobs === 1 ? 'Discarded.' : `${f.number(jobs)} jobs discarded.`),
  jobsGoElsewhere: () => 'Another tab goes on with it.',
  queueNotKept: () => 'The queue could not be stored: it lasts until this page is closed.',

  sceneAdded: (scene: number) => `Scene ${f.number(scene)} added.`,
  sceneDuplicated: (scene: number) => `Scene ${f.number(scene)} duplicated.`,
  musicRemoved: (name: string) => `“${name}” removed.`,
  musicMoved: (name: string, place: number, pieces: number) =>
    `“${name}” is now piece ${f.of(place, pieces)}.`,
  sceneDeleted: (scene: number) => `Scene ${f.number(scene)} deleted.`,
  sceneMoved: (from: number, to: number, scenes: number) =>
    `Scene ${f.number(from)} is now scene ${f.of(to, scenes)}.`,
  scenesAdded: (scenes: number) => `${f.number(scenes)} scenes added.`,
  filmOpened: (title: string) => `“${title || 'Untitled film'}” opened.`,
  filmDeleted: (title: string) => `“${title || 'Untitled film'}” deleted.`,
  filmNew: () => 'New film.',
  filmOfPictures: (pictures: number) => `A new film of ${f.number(pictures)} pictures.`,
  filmRestored: (file: string, hasPictures: boolean) =>
    `Storyboard restored from “${file}”.${hasPictures ? '' : ' Generate makes its pictures again.'}`,
  filmPicturesReady: (title: string) => `The pictures of “${title || 'Untitled film'}” are ready.`,
  filmReady: (title: string) => `“${title || 'Untitled film'}” is ready. It is in the gallery.`,
  /** Without the details, which are for those who find faults. */
  refused: ({ code }: PlainError) => `${errors[code].title}. ${errors[code].advice}`,
});

function originWords(from: Origin): string {
  if (typeof from === 'object') return `“${from.file}”`;
  return { link: 'the link', gallery: 'the gallery', text: 'the text' }[from];
}

function madeWithWords(made: MadeWith): string {
  return 'other' in made
    ? `It was made with the model ${made.other}; ${made.inUse} will draw it differently.`
    : `It was made with version ${made.version} of ${made.inUse}; the one in use may draw it differently.`;
}

const lossReason = (full: boolean) => (full ? 'the storage is full' : 'the browser did not store it');
