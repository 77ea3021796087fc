/** From the gallery to the storyboard: pictures that shall become a film. The film screen takes them when it is shown. */
export interface FilmPicture {
  readonly file: Blob;
  readonly prompt: string;
  /** Null when the picture does not tell. */
  readonly seed: number | null;
}

let waiting: readonly FilmPicture[] | null = null;
const listeners = new Set<() => void>();

export function requestFilm(pictures: readonly FilmPicture[]): void {
  waiting = pictures;
  listeners.forEach((listener) => listener());
}

/** Once: null when nothing was asked for since. */
export function takeFilmRequest(): readonly FilmPicture[] | null {
  const taken = waiting;
  waiting = null;
  return taken;
}

/** For a screen that may be open already. Returns how to stop. */
export function onFilmRequest(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
