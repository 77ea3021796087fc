/** Services whose pictures tell only what was asked for in words: Midjourney, DALL·E. */
import type { CarriedText } from '../carried.ts';
import { createTeller, type RestoredSettings } from '../told.ts';

const places = [
  'Description',
  'ImageDescription',
  'description',
  'Caption/Abstract',
  'caption',
  'prompt',
  'UserComment',
];
const makers = [
  'Software',
  'CreatorTool',
  'Creator',
  'creator',
  'Artist',
  'Author',
  'Source',
  'Credit',
  'claim_generator',
];

export function readDescription(texts: readonly CarriedText[]): RestoredSettings | null {
  const said = texts.filter(({ key }) => places.includes(key)).map(({ text }) => text.trim());
  const midjourney = said.find((text) => /\bJob ID: [0-9a-f-]{36}\b/i.test(text));
  if (midjourney !== undefined) return tell('Midjourney', ownWords(midjourney), unwanted(midjourney));
  const maker = texts
    .filter(({ key }) => makers.includes(key))
    .map(({ text }) => text)
    .join(' ');
  const service = services.find(([pattern]) => pattern.test(maker))?.[1];
  return service !== undefined && said[0] ? tell(service, ownWords(said[0])) : null;
}

const services: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/midjourney/i, 'Midjourney'],
  [/dall.?e|openai|chatgpt|gpt-image/i, 'DALL·E'],
  [/firefly/i, 'Adobe Firefly'],
  [/ideogram/i, 'Ideogram'],
  [/leonardo/i, 'Leonardo'],
  [/imagen|google ai/i, 'Imagen'],
];

/** Without the parameters (`--ar 3:2 --v 6.1`) and the number of the job. */
function ownWords(text: string): string {
  return (
    text
      .replace(/\s*Job ID:.*$/is, '')
      .replace(/(\s+--\w+(\s+[^\s-]\S*)*)+\s*$/, '')
      // Pictures that were shown with it.
      .replace(/^(https?:\/\/\S+\s+)+/i, '')
      .trim()
  );
}

/** `--no people, text`. */
const unwanted = (text: string): string | undefined =>
  /\s--no\s+([^]*?)(?=\s--\w|\s*Job ID:|\s*$)/.exec(text)?.[1]?.trim();

function tell(tool: string, prompt: string, negative?: string): RestoredSettings | null {
  const teller = createTeller(tool);
  teller.prompt(prompt);
  teller.prompt(negative, 'negativePrompt');
  teller.note({ kind: 'prompt-only' });
  return teller.done();
}
