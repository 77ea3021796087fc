import type { PlainError } from '../../../domain/errors.ts';
import type { Format } from '../format.ts';

export const models = (f: Format) => ({
  title: 'Models',
  opening: 'Opening …',
  inUse: 'In use',
  recommended: 'Recommended',
  use: 'Use',
  memoryOnly: 'In memory only, until this page closes.',
  fetchingPercent: (fraction: number) => `fetching ${f.percent(fraction)}`,
  filled: (where: string, paths: string) => `Not in ${where}, and taken as usual for this family: ${paths}.`,
  another: 'Another model',
  anotherHint:
    'Stable Diffusion 1 and 2, Turbo and LCM: a repository of the Hugging Face Hub, the address of a checkpoint, or a checkpoint (.safetensors, .ckpt) or folder from this device.',
  repository: 'Repository or its address',
  repositoryHint: 'owner/name',
  look: 'Look',
  mirror: 'Use a mirror of the hub',
  hubAddress: 'Hub address',
  hubAddressWrong: 'An address such as https://huggingface.co',
  hubNow: (url: string) => `All models now come from ${url}.`,
  fromFile: 'From a file',
  file: 'File of a model',
  fromFolder: 'From a folder',
  folder: 'Folder of a model',
  extras: {
    title: 'LoRAs and embeddings',
    hint: 'Files for models that are compiled here (.safetensors, .pt, .bin, and pictures that hold an embedding). A LoRA is called in the prompt by its tag, an embedding by its name.',
    add: 'Add files',
    adding: (file: string) => `Adding ${file} …`,
    list: 'Added files',
    kinds: { lora: 'LoRA', embedding: 'Embedding', vae: 'VAE' },
    inAdvanced: 'Chosen under Advanced.',
    copy: (call: string) => `Copy ${call}`,
    delete: (name: string) => `Delete ${name}`,
    deleted: (file: string) => `${file} deleted.`,
    dismiss: (file: string) => `Dismiss what was told of ${file}`,
  },
  found: 'Found',
  inList: 'It is in the list above.',
  otherVersionInList: 'Another version is in the list above.',
  download: (size: string) => `Download ${size}`,
  copy: (size: string) => `Copy ${size}`,
  steps: (steps: number) => `${f.number(steps)} steps`,
  licence: (name: string) => `Licence: ${name}`,
  version: (revision: string) => `version ${revision}`,
  downloadOf: (name: string) => `Download of ${name}`,
  paused: (bytes: string) => `Paused: ${bytes}`,
  pause: 'Pause',
  resume: 'Resume',
  discard: 'Discard',
  stop: 'Stop',
  leaving: 'Deleted when you close this.',
  undo: 'Undo',
  inspecting: 'Asking the hub what there is …',
  pausing: (bytes: string) => `${bytes} · pausing …`,
  retrying: (bytes: string, { message }: PlainError) => `${bytes} · trying again soon: ${message}`,
  elsewhere: 'in another tab',
  byteWork: { importing: 'Copying', checking: 'Checking', exporting: 'Exporting' },
  byteWorkOf: (work: string, name: string) => `${work} ${name}`,
  byteWorkDone: (work: string, bytes: string) => `${work}: ${bytes}`,
  perSecond: (size: string) => `${size}/s`,
  fit: {
    storage: (needBytes: number, freeBytes: number) =>
      `Needs ${f.bytes(needBytes)} of storage; the browser allows ${f.bytes(freeBytes)} more.`,
    memory: (needBytes: number, haveBytes: number) =>
      `Needs about ${f.bytes(needBytes)} of memory; there are ${f.bytes(haveBytes)}.`,
    noGpu: (pictureSec: number) =>
      `Without a usable GPU the CPU draws: about ${f.seconds(pictureSec)} for a picture.`,
    noHalfPrecision: 'This GPU lacks half precision, so it draws in single precision: a little slower.',
    gpuBuffer: (needBytes: number, limitBytes: number) =>
      `Full-size pictures may need a GPU buffer of ${f.bytes(needBytes)}; this GPU allows ${f.bytes(limitBytes)}. Smaller pictures work.`,
  },
  damaged: (files: string) =>
    `Damaged and not to be had again: ${files}. Delete the model and fetch it anew.`,
  whole: 'Checked: every byte is as it was.',
  repaired: (parts: number) =>
    `Checked: ${parts === 1 ? 'one damaged part was' : `${f.number(parts)} damaged parts were`} fetched again.`,
  runFromMemory: 'Run from memory',
  storage: 'Storage',
  used: (usedBytes: number, freeBytes: number) =>
    `${f.bytes(usedBytes)} used, ${f.bytes(freeBytes)} free for this site.`,
  usedAndKept: (usedBytes: number, freeBytes: number) =>
    `${f.bytes(usedBytes)} used, ${f.bytes(freeBytes)} free for this site; the browser keeps it.`,
  usedAndMayGo: (usedBytes: number, freeBytes: number) =>
    `${f.bytes(usedBytes)} used, ${f.bytes(freeBytes)} free for this site; the browser may clear it when the disk gets full.`,
  check: 'Check',
  export: 'Export',
  neverUsed: 'Not used yet',
  lastUsed: (ms: number) => `Last used ${f.day(ms)}`,
  /** By what the card says in English; a card that says something else is shown as it is. */
  descriptions: {} as Readonly<Record<string, string>>,
});
