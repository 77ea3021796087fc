/** Easy Diffusion: a text for each setting in PNG, one JSON of them in JPEG and WebP. */
import { type CarriedText } from '../carried.ts';
import { listOf, parseJsonObject, type JsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings } from '../told.ts';

export function readEasyDiffusion(texts: readonly CarriedText[]): RestoredSettings | null {
  const separate: JsonObject = Object.fromEntries(texts.map(({ key, text }) => [plain(key), text]));
  const together = texts.map(({ text }) => parseJsonObject(text)).filter((data) => data !== undefined);
  const found = [separate, ...together.map(plainKeys)].find(isEasyDiffusion);
  return found ? tell(found) : null;
}

/** Its first versions had labels for keys: `Stable Diffusion model`. */
const plain = (key: string) => (Object.hasOwn(labels, key) ? labels[key]! : key);
const plainKeys = (data: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [plain(key), value]));

const labels: Readonly<Record<string, string>> = {
  Prompt: 'prompt',
  'Negative Prompt': 'negative_prompt',
  Seed: 'seed',
  Steps: 'num_inference_steps',
  'Guidance Scale': 'guidance_scale',
  Sampler: 'sampler_name',
  Width: 'width',
  Height: 'height',
  'Prompt Strength': 'prompt_strength',
  'Stable Diffusion model': 'use_stable_diffusion_model',
  'Stable Diffusion Model': 'use_stable_diffusion_model',
};

const isEasyDiffusion = (data: JsonObject) =>
  'prompt' in data &&
  'num_inference_steps' in data &&
  ('use_stable_diffusion_model' in data || 'sampler_name' in data);

function tell(data: JsonObject): RestoredSettings | null {
  const teller = createTeller('Easy Diffusion');
  teller.prompt(data['prompt']);
  teller.prompt(data['negative_prompt'] ?? '', 'negativePrompt');
  teller.steps(data['num_inference_steps']);
  teller.guidance(data['guidance_scale']);
  teller.seed(data['seed']);
  teller.size(data['width'], data['height']);
  teller.sampler(data['sampler_name'], data['scheduler_name']);
  teller.noise('torch-cpu');
  teller.model(data['use_stable_diffusion_model']);
  teller.clipSkip(data['clip_skip'] === true || data['clip_skip'] === 'True' ? 2 : 1);
  const lora = data['use_lora_model'];
  teller.names('lora', typeof lora === 'string' ? [lora] : listOf(lora));
  if (toNumber(data['prompt_strength']) !== undefined && ('init_image' in data || 'init_image_path' in data))
    teller.strength(data['prompt_strength']);
  if (typeof data['use_controlnet_model'] === 'string' && data['use_controlnet_model'] !== 'None')
    teller.note({ kind: 'control-net' });
  return teller.done();
}
