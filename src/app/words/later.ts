/** Words that are fetched when they are first said; once more after it failed. */
export function later<T>(fetch: () => Promise<T>): () => Promise<T> {
  let words: Promise<T> | null = null;
  return () =>
    (words ??= fetch().catch((error: unknown) => {
      words = null;
      throw error;
    }));
}
