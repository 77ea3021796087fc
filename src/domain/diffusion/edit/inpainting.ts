/** A part of a picture is drawn anew; the rest stays as it is, to the byte. */

/** What the model begins from under the mask: the picture, its surroundings' colours, or noise alone. As AUTOMATIC1111's "Masked content". */
export const maskedContents = ['original', 'fill', 'noise'] as const;
export type MaskedContent = (typeof maskedContents)[number];

/** What is drawn: the whole picture, or only what lies around the mask, at the settings' size. */
export const inpaintAreas = ['whole', 'masked'] as const;
export type InpaintArea = (typeof inpaintAreas)[number];

/** How, apart from the mask: it goes into recipes, which have no room for a picture. */
export interface Inpainting {
  readonly content: MaskedContent;
  readonly area: InpaintArea;
  /** Pixels of the picture that are drawn around the mask's box, where only that is drawn. */
  readonly paddingPx: number;
  /** So many pixels inwards from the mask's edge the new goes over into the old. Outside the mask nothing changes. */
  readonly featherPx: number;
}

export const usualInpainting: Inpainting = {
  content: 'original',
  area: 'whole',
  paddingPx: 32,
  featherPx: 4,
};

/** One byte for each pixel, row by row: 255 is painted over, 0 stays, and what lies between is mixed. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}
