/** Python's JSON, as other programs write it into pictures. */

/**
 * As `JSON.parse`, for texts with `NaN` and `Infinity` (which become null) and with whole numbers that a double cannot hold (which become
 * texts of their digits). Undefined for what is no JSON.
 */
export function parseLenientJson(text: string): unknown {
  const json = text.replace(/"(?:[^"\\]|\\[^])*"|-?\b(?:NaN|Infinity)\b|-?\b\d{16,}\b(?![.eE])/g, repaired);
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // Most texts in pictures are no JSON.
  }
}

function repaired(token: string): string {
  if (token.startsWith('"')) return token;
  if (!/\d/.test(token)) return 'null';
  return Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that `text` is in JSON. */
export function parseJsonObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  const value = parseLenientJson(text);
  return isObject(value) ? value : undefined;
}

/** A list's items; nothing for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Texts and numbers as texts; '' for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
