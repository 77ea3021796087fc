/** NovelAI: `Software: NovelAI`, the prompt under `Description`, everything as JSON under `Comment`; the same as one JSON in the alpha channel. */
import { textUnder, type CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, textOf, type JsonObject } from '../lenient-json.ts';
import { createTeller, type RestoredSettings } from '../told.ts';

export function readNovelAi(texts: readonly CarriedText[]): RestoredSettings | null {
  const comments = texts.map(({ text }) => parseJsonObject(text)).filter((data) => data !== undefined);
  for (const data of comments) {
    const inner = typeof data['Comment'] === 'string' ? parseJsonObject(data['Comment']) : undefined;
    if (inner && isNovelAi(inner)) return tellComment(inner, data['Description'], data['Source']);
    if (isNovelAi(data))
      return tellComment(data, textUnder(texts, 'Description'), textUnder(texts, 'Source'));
  }
  return null;
}

/** `uc` and `scale` are its words; Draw Things says `c` for the prompt. */
const isNovelAi = (data: JsonObject) =>
  'sampler' in data &&
  'scale' in data &&
  ('uc' in data || 'v4_prompt' in data || 'noise_schedule' in data) &&
  !('c' in data);

function tellComment(data: JsonObject, description: unknown, source: unknown): RestoredSettings | null {
  const teller = createTeller('NovelAI');
  const prompt = captionOf(data['v4_prompt']) ?? data['prompt'] ?? description;
  const negative = captionOf(data['v4_negative_prompt']) ?? data['uc'] ?? '';
  teller.prompt(prompt);
  teller.prompt(negative, 'negativePrompt');
  teller.steps(data['steps']);
  teller.guidance(data['scale']);
  teller.seed(data['seed']);
  teller.size(data['width'], data['height']);
  teller.sampler(data['sampler'], data['noise_schedule']);
  teller.noise('torch-cpu');
  teller.model(source);
  if (beganFromPicture(data)) teller.strength(data['strength'] ?? 0.7);
  if (/[{}[\]]|::/.test(textOf(prompt) + textOf(negative)))
    teller.note({ kind: 'emphasis', tool: 'NovelAI' });
  if (data['sm'] === true || data['sm_dyn'] === true) teller.names('part', ['SMEA']);
  if (listOf(data['reference_image_multiple']).length > 0) teller.names('part', ['Vibe Transfer']);
  return teller.done();
}

/** Its first version wrote the usual strength and noise of image-to-image also where there was no picture. */
function beganFromPicture(data: JsonObject): boolean {
  const type = data['request_type'];
  if (typeof type === 'string') return /img2img|inpaint/i.test(type);
  return 'strength' in data && !(data['strength'] === 0.69 && data['noise'] === 0.667);
}

/** Version 4: a base caption, and one for each character. */
function captionOf(prompt: unknown): string | undefined {
  const caption = isObject(prompt) ? prompt['caption'] : undefined;
  if (!isObject(caption) || typeof caption['base_caption'] !== 'string') return undefined;
  const characters = listOf(caption['char_captions'])
    .filter(isObject)
    .map((character) => character['char_caption']);
  return [caption['base_caption'], ...characters]
    .filter((text) => typeof text === 'string' && text !== '')
    .join(', ');
}
