/** InvokeAI: `invokeai_metadata` (3 to 6), `sd-metadata` (2), and the command line under `Dream` (1 and 2). */
import { textUnder, type CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, textOf, type JsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings, type Teller } from '../told.ts';

export function readInvoke(texts: readonly CarriedText[]): RestoredSettings | null {
  for (const { text } of texts) {
    const data = parseJsonObject(text);
    if (!data) continue;
    if (isModern(data)) return tellModern(data);
    if (isObject(data['image']) && ('app_id' in data || 'model_weights' in data))
      return tellSecond(data['image'], data);
  }
  const dream = textUnder(texts, 'Dream');
  return dream === undefined ? null : tellDream(dream);
}

const isModern = (data: JsonObject) =>
  ['generation_mode', 'app_version', 'rand_device', 'positive_prompt'].filter((key) => key in data).length >
    0 &&
  ('positive_prompt' in data || 'negative_prompt' in data);

function tellModern(data: JsonObject): RestoredSettings | null {
  const teller = createTeller('InvokeAI');
  teller.prompt(joined(data['positive_prompt'], data['positive_style_prompt']));
  teller.prompt(joined(data['negative_prompt'] ?? '', data['negative_style_prompt']), 'negativePrompt');
  if (weighed.test(textOf(data['positive_prompt']) + textOf(data['negative_prompt'])))
    teller.note({ kind: 'emphasis', tool: 'InvokeAI' });
  teller.steps(data['steps']);
  teller.guidance(data['cfg_scale'] ?? data['guidance']);
  teller.seed(data['seed']);
  teller.size(data['width'], data['height']);
  teller.sampler(data['scheduler']);
  teller.noise(data['rand_device'] === 'cuda' ? 'nvidia' : 'torch-cpu');
  teller.model(modelName(data['model']));
  teller.clipSkip(1 + (toNumber(data['clip_skip']) ?? 0));
  const mode = typeof data['generation_mode'] === 'string' ? data['generation_mode'] : '';
  if (mode.includes('img2img') || 'init_image' in data) teller.strength(data['strength'] ?? 1);
  if (/inpaint|outpaint/.test(mode)) teller.note({ kind: 'inpainting' });
  tellExtras(teller, data);
  return teller.done();
}

/** `(words)1.3`, `word++`, `("a", "b").blend(1, 1)` (https://github.com/damian0815/compel). */
const weighed = /\)(\d|[+-])|[\w)][+-]+(?=[\s,.)]|$)|\)\.(and|blend|swap)\(/;

function tellExtras(teller: Teller, data: JsonObject): void {
  teller.names(
    'lora',
    listOf(data['loras'])
      .filter(isObject)
      .map((lora) => modelName(lora['model'] ?? lora['lora'])),
  );
  const has = (name: string) => listOf(data[name]).length > 0;
  if (has('controlnets') || has('t2iAdapters') || has('control_layers')) teller.note({ kind: 'control-net' });
  if (has('ipAdapters') || has('ref_images')) teller.names('part', ['IP-Adapter']);
  if (has('regions')) teller.note({ kind: 'regions' });
  if (data['hrf_enabled'] === true) teller.note({ kind: 'second-pass', how: 'High resolution fix' });
  if (isObject(data['refiner_model'])) teller.note({ kind: 'refiner' });
  if (data['seamless_x'] === true || data['seamless_y'] === true) teller.names('part', ['Seamless tiling']);
  if (toNumber(data['cfg_rescale_multiplier'])) teller.names('part', ['CFG rescale']);
}

const joined = (prompt: unknown, style: unknown): unknown =>
  typeof prompt === 'string' && typeof style === 'string' && style !== '' && style !== prompt
    ? `${prompt}, ${style}`
    : prompt;

function modelName(model: unknown): unknown {
  if (!isObject(model)) return model;
  return model['name'] ?? model['model_name'];
}

/** Version 2: a list of weighted prompts, with the negative words in square brackets. */
function tellSecond(image: JsonObject, data: JsonObject): RestoredSettings | null {
  const teller = createTeller('InvokeAI');
  const prompts =
    typeof image['prompt'] === 'string'
      ? [{ prompt: image['prompt'] }]
      : listOf(image['prompt']).filter(isObject);
  tellBracketed(teller, prompts.map(({ prompt }) => textOf(prompt)).join(', '));
  teller.steps(image['steps']);
  teller.guidance(image['cfg_scale']);
  teller.seed(image['seed']);
  teller.size(image['width'], image['height']);
  teller.sampler(image['sampler']);
  teller.noise('torch-cpu');
  teller.model(data['model_weights'] ?? data['model']);
  if (image['type'] === 'img2img') teller.strength(image['strength'] ?? image['strength_steps'] ?? 1);
  if (listOf(image['variations']).length > 0) teller.note({ kind: 'variation' });
  if (image['hires_fix'] === true) teller.note({ kind: 'second-pass', how: 'hires_fix' });
  return teller.done();
}

/** `"a lighthouse [people, text]" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms`. */
function tellDream(line: string): RestoredSettings | null {
  const [, quoted, bare, switches] =
    /^\s*(?:"((?:\\.|[^"\\])*)"|(.*?))((?:\s+-{1,2}[A-Za-z]\w*(?:[ =]?\S+)?)*)\s*$/.exec(line) ?? [];
  const found = new Map(
    [...(switches ?? '').matchAll(/\s-{1,2}([A-Za-z]\w*?)[ =]?(?=[\d.]|k_|ddim|plms|\s|$)(\S*)/g)].map(
      ([, key, value]) => [key!, value!],
    ),
  );
  if (found.size < 3) return null;
  const teller = createTeller('InvokeAI');
  tellBracketed(teller, (quoted ?? bare ?? '').replaceAll('\\"', '"'));
  const option = (...names: string[]) =>
    names.map((name) => found.get(name)).find((value) => value !== undefined);
  teller.steps(option('s', 'steps'));
  teller.seed(option('S', 'seed'));
  teller.guidance(option('C', 'cfg_scale'));
  teller.sampler(option('A', 'sampler', 'sampler_name'));
  teller.size(option('W', 'width'), option('H', 'height'));
  teller.noise('torch-cpu');
  if (found.has('I') || found.has('init_img')) teller.strength(option('f', 'strength'));
  return teller.done();
}

function tellBracketed(teller: Teller, prompt: string): void {
  const negatives = [...prompt.matchAll(/\[([^\][]*)\]/g)].map(([, words]) => words!.trim());
  teller.prompt(prompt.replaceAll(/\s*\[[^\][]*\]\s*/g, ' ').trim());
  teller.prompt(negatives.join(', '), 'negativePrompt');
}
