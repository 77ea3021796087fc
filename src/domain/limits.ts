/** How far what is asked for may go: the one table that the page's fields, the API's schemas, the engine's checks and recipes read. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const limits = {
  promptCharacters: 10_000,
  modelIdCharacters: 200,
  steps: { min: 1, max: 150 },
  guidanceScale: { min: 0, max: 30 },
  /** As torch's `manual_seed` takes it, as far as JavaScript counts exactly. */
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
  /** As AUTOMATIC1111 counts: 1 leaves out none of CLIP's twelve layers, 12 all but the first. */
  clipSkip: { min: 1, max: 12 },
  /** Pictures of one run. */
  count: { min: 1, max: 16 },
  /** 0 keeps the source, 1 ignores it; for a morph: from the first picture to the second. */
  strength: { min: 0, max: 1 },
  /** Of JPEG and WebP files. */
  qualityPercent: { min: 1, max: 100 },
  /** As the page offers it; a prompt may say any. */
  extraWeight: { min: -2, max: 2 },
  /** Pixels; the model's own multiple is asked for as well. */
  pictureSide: { min: 64, max: 2048 },
  edit: {
    paddingPx: { min: 0, max: 512 },
    featherPx: { min: 0, max: 64 },
    overlapPx: { min: 0, max: 256 },
    /** Of an enlarged picture. */
    largestSide: 4096,
  },
  /** Pictures of one grid. */
  gridCells: { min: 1, max: 64 },
  hires: { scale: { min: 1, max: 4 }, steps: { min: 0, max: 150 } },
  /** From this many seconds on, an exact picture is long, and a fast one is offered. */
  longPictureSec: 60,
  film: {
    fps: { min: 1, max: 60 },
    side: { min: 64, max: 3840 },
    /** 4K, upright too: as many pixels, however they lie. */
    largest: { width: 3840, height: 2160 },
    scenes: { min: 2, max: 500 },
    durationSec: { min: 0, max: 600 },
    transitionFrames: { min: 0, max: 600 },
    inBetweens: { min: 1, max: 24 },
    volumePercent: { min: 0, max: 100 },
    /** Ten hours into a recording. */
    musicStartSec: { min: 0, max: 36_000 },
    /** Ten minutes at 60 fps. */
    totalFrames: 36_000,
    musicPieces: 20,
    gif: {
      sizePercent: { min: 5, max: 100 },
      colours: { min: 2, max: 256 },
      maxMegabytes: { min: 0.1, max: 2000 },
    },
  },
  /** What a file, a link or a record may say: more than can be made, so that it opens and the page can tell what is too much. */
  read: {
    guidanceScale: { min: 0, max: 1000 },
    side: { min: 1, max: 16_384 },
    /** Of a picture from outside, that is decoded whole: some 800 MB. */
    sourcePixels: 200_000_000,
    scenes: 1000,
    inBetweens: 100,
    idCharacters: 100,
    textCharacters: 20_000,
    keyCharacters: 100_000,
    /** Of another machine: a picture in base64, and what stands around it. */
    machineAnswerBytes: 128 * 1024 * 1024,
  },
} as const;

export const isWithin = (value: number, { min, max }: Range) => value >= min && value <= max;
