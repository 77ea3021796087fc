import { z } from 'zod';
import '../without-eval.ts';

/**
 * Query parameters as an object with the schema's fields: lists take every value of their name, other fields the last. Fields that are not there
 * are left out.
 */
export function readQuery(query: string, schema: z.ZodObject): Record<string, unknown> {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map(readPair);
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
    if (values.length > 0) fields[name] = field instanceof z.ZodArray ? values : values.at(-1);
  }
  return fields;
}

function readPair(pair: string): [string, string] {
  const [name = '', ...rest] = pair.split('=');
  return [decode(name), decode(rest.join('='))];
}

/** What is not valid percent-encoding stands for itself. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
