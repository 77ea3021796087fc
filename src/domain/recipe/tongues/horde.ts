/** AI Horde: what was asked of it, as its clients keep it; prompt and negative prompt are one text with ### between. */
import type { CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, type JsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings } from '../told.ts';

export function readHorde(texts: readonly CarriedText[]): RestoredSettings | null {
  for (const { text } of texts) {
    const data = parseJsonObject(text);
    const found =
      data &&
      (isRequest(data) ? data : Object.values(data).find((value) => isObject(value) && isRequest(value)));
    if (isObject(found)) return tell(found);
  }
  return null;
}

const isRequest = (data: JsonObject) =>
  typeof data['prompt'] === 'string' && isObject(data['params']) && 'sampler_name' in data['params'];

function tell(request: JsonObject): RestoredSettings | null {
  const params = request['params'] as JsonObject;
  const teller = createTeller('AI Horde');
  const [prompt, ...negative] = String(request['prompt']).split('###');
  teller.prompt(prompt!.trim());
  teller.prompt(negative.join('###').trim(), 'negativePrompt');
  teller.steps(params['steps'] ?? params['ddim_steps']);
  teller.guidance(params['cfg_scale']);
  teller.seed(params['seed'] ?? request['seed']);
  teller.size(params['width'], params['height']);
  teller.sampler(
    params['sampler_name'],
    params['scheduler'] ?? (params['karras'] === true ? 'karras' : undefined),
  );
  teller.noise('torch-cpu');
  teller.model(listOf(request['models'])[0] ?? request['model']);
  teller.clipSkip(params['clip_skip']);
  teller.names(
    'lora',
    listOf(params['loras']).map((lora) => (isObject(lora) ? lora['name'] : lora)),
  );
  if ('source_image' in request) teller.strength(toNumber(params['denoising_strength']) ?? 1);
  if (params['hires_fix'] === true) teller.note({ kind: 'second-pass', how: 'hires_fix' });
  if (typeof params['control_type'] === 'string') teller.note({ kind: 'control-net' });
  return teller.done();
}
