import { makeTextChunk } from '../../domain/recipe/png-text.ts';
import { makePng } from '../png.ts';

/** How a machine behaves, whatever its kind. */
export interface Behaviour {
  /** It is looked at so many times before the picture's turn comes. */
  readonly queued?: number;
  /** And so many times before it is drawn. */
  readonly drawing?: number;
  /** The picture never gets any further. */
  readonly stuck?: boolean;
  /** What it really drew with. */
  readonly seed?: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly broken?: boolean;
  readonly censored?: boolean;
  /** What lets a person in. */
  readonly key?: string;
}

export interface Wanted {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** As it is written into the file. */
  readonly parameters?: string;
}

/** A PNG in base64; a broken one has a damaged byte in its pixels. */
export function pictureOf(wanted: Wanted, { size, broken }: Behaviour): string {
  const { width, height } = size ?? wanted;
  const { parameters } = wanted;
  const texts = parameters === undefined ? [] : [makeTextChunk({ keyword: 'parameters', text: parameters })];
  const png = makePng(width, height, texts);
  if (broken) png[png.length - 30]! ^= 0xff;
  return Buffer.from(png).toString('base64');
}

/** How far a job is, by how often it was looked at. */
export function stages({ queued = 0, drawing = 2, stuck = false }: Behaviour) {
  let looks = 0;
  return {
    /** 0 … 1 of the drawing, or how many looks it still waits; null when it is done. */
    look: (): { readonly waits: number } | { readonly fraction: number } | null => {
      const at = looks++;
      if (at < queued) return { waits: queued - at };
      if (stuck) return { fraction: 0.5 };
      return at - queued < drawing ? { fraction: (at - queued) / drawing } : null;
    },
  };
}
