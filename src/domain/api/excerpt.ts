const maxCharacters = 500;
const maxItems = 20;
const maxDepth = 4;

/**
 * A value short enough to quote in an answer, and always writable as JSON: long texts and lists are cut with an ellipsis, what lies deep is
 * left out, numbers that JSON has no words for become their names.
 */
export function excerpt(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return shorten(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return writable(value);
  if (depth === maxDepth) return '…';
  const entries = Object.entries(value);
  const kept = entries
    .slice(0, maxItems)
    .map(([key, item]) => [shorten(key), excerpt(item, depth + 1)] as const);
  const cut = entries.length > maxItems;
  if (Array.isArray(value)) return [...kept.map(([, item]) => item), ...(cut ? ['…'] : [])];
  return Object.fromEntries(cut ? [...kept, ['…', '…']] : kept);
}

const shorten = (text: string) => (text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text);

/** Functions and the like, which scripts may hand over. */
const writable = (value: unknown) =>
  value === null || typeof value === 'boolean' || typeof value === 'number' ? value : typeof value;
