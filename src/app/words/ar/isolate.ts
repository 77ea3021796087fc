/** A name or a text that runs in a direction of its own, so that what stands around it in the sentence keeps its place (Unicode UAX #9). */
export const isolate = (text: string | number): string => `\u2068${text}\u2069`;
