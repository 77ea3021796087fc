/** SwarmUI: JSON with `sui_image_params`. */
import type { CarriedText } from '../carried.ts';
import { isObject, listOf, parseJsonObject, textOf, type JsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings, type Teller } from '../told.ts';

export function readSwarm(texts: readonly CarriedText[]): RestoredSettings | null {
  for (const { text } of texts) {
    const params = parseJsonObject(text)?.['sui_image_params'];
    if (isObject(params)) return tell(params);
  }
  return null;
}

function tell(params: JsonObject): RestoredSettings | null {
  const teller = createTeller('SwarmUI');
  teller.prompt(params['prompt']);
  teller.prompt(params['negativeprompt'] ?? '', 'negativePrompt');
  teller.steps(params['steps']);
  teller.guidance(params['cfgscale']);
  teller.seed(params['seed']);
  const [, width, height] = /^(\d+)\s*x\s*(\d+)$/.exec(textOf(params['resolution'])) ?? [];
  teller.size(params['width'] ?? width, params['height'] ?? height);
  teller.sampler(params['sampler'], params['scheduler']);
  teller.noise('torch-cpu');
  teller.model(params['model']);
  teller.clipSkip(params['clipstopatlayer']);
  tellExtras(teller, params);
  return teller.done();
}

function tellExtras(teller: Teller, params: JsonObject): void {
  if (params['initimage'] !== undefined) teller.strength(params['initimagecreativity'] ?? 0.6);
  const loras = params['loras'];
  teller.names('lora', typeof loras === 'string' ? loras.split(',') : listOf(loras));
  const upscale = toNumber(params['refinerupscale']) ?? 1;
  if (upscale > 1) teller.note({ kind: 'second-pass', how: `Refine upscale ${upscale}` });
  else if (params['refinermodel'] !== undefined || params['refinercontrolpercentage'] !== undefined)
    teller.note({ kind: 'refiner' });
  if (toNumber(params['variationseedstrength']))
    teller.variation(params['variationseed'], params['variationseedstrength']);
  if (Object.keys(params).some((key) => key.startsWith('controlnet'))) teller.note({ kind: 'control-net' });
  const computed = [
    ...textOf(params['prompt']).matchAll(
      /<(random|wildcard|alternate|fromto|repeat|preset|setvar|var|trigger|break)\b/g,
    ),
  ];
  teller.names(
    'part',
    computed.map(([, name]) => `<${name}>`),
  );
  if (/<(segment|region|object):/.test(String(params['prompt']))) teller.note({ kind: 'regions' });
}
