export type Json = Readonly<Record<string, unknown>>;

/** Python writes `Infinity` and `NaN` into its JSON. Null for whatever is no object. */
export function parseLooseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text.replace(/(?<=[:[,]\s*)(?:-?Infinity|NaN)(?=\s*[,}\]])/g, 'null'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}
