/** A text that a file carries, with the name of the place where it lies: a PNG keyword, or the name of an Exif or XMP field. */
export interface CarriedText {
  readonly key: string;
  readonly text: string;
}

export const textUnder = (texts: readonly CarriedText[], key: string): string | undefined =>
  texts.find((text) => text.key === key)?.text;
