/** What Civitai's own generator adds to a line of settings: a list of what was used, as JSON without quotes around it. */
import { isObject, listOf, parseLenientJson } from '../lenient-json.ts';
import type { Teller } from '../told.ts';

const key = 'Civitai resources: ';

export function tellCivitai(teller: Teller, line: string): void {
  const at = line.indexOf(key);
  if (at < 0) return;
  const list = line.slice(at + key.length);
  const resources = listOf(parseLenientJson(list.slice(0, endOfList(list)))).filter(isObject);
  const named = (type: RegExp) =>
    resources
      .filter((resource) => type.test(String(resource['type'])))
      .map((resource) => resource['modelName']);
  teller.names('lora', named(/^(lora|lycoris|locon|dora)$/i));
  teller.names('embedding', named(/^(embed|textualinversion)/i));
  const [checkpoint] = named(/^(checkpoint|model)$/i);
  if (checkpoint !== undefined) teller.model(checkpoint);
}

/** Behind the bracket that closes the first one; brackets within texts do not count. */
function endOfList(text: string): number {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]]/g)) {
    if (sign === '[') depth++;
    if (sign === ']' && --depth === 0) return index + 1;
  }
  return text.length;
}
