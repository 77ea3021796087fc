import type { SamplerId } from '../diffusion/samplers/sampler.ts';

type SamplerChoice = SamplerId | 'model';

/** The names that AUTOMATIC1111's web UI uses, where it has the sampler; every one is read back to the same id. */
const names: Record<SamplerChoice, string> = {
  model: 'Model default',
  ddim: 'DDIM',
  'dpmpp-2m': 'DPM++ 2M',
  'dpmpp-2m-karras': 'DPM++ 2M Karras',
  'dpmpp-2m-sde-karras': 'DPM++ 2M SDE Karras',
  euler: 'Euler',
  'euler-ancestral': 'Euler a',
  'euler-karras': 'Euler Karras',
  heun: 'Heun',
  lcm: 'LCM',
  lms: 'LMS',
  pndm: 'PLMS',
  'tiny-sd': 'tiny-sd',
  unipc: 'UniPC',
};

/** Other spellings (ComfyUI, InvokeAI, diffusers), after `normalise`. */
const aliases: Record<string, SamplerChoice> = {
  dpmpp2m: 'dpmpp-2m',
  dpmpp2mkarras: 'dpmpp-2m-karras',
  dpmpp2msde: 'dpmpp-2m-sde-karras',
  dpmpp2msdekarras: 'dpmpp-2m-sde-karras',
  dpmpp2msdegpu: 'dpmpp-2m-sde-karras',
  dpmpp2msdegpukarras: 'dpmpp-2m-sde-karras',
  dpmpp2msdeexponential: 'dpmpp-2m-sde-karras',
  eulera: 'euler-ancestral',
  eulerancestral: 'euler-ancestral',
  eulerancestralkarras: 'euler-ancestral',
  lmskarras: 'lms',
  heunkarras: 'heun',
  pndm: 'pndm',
  unipcbh2: 'unipc',
};

const byName = new Map<string, SamplerChoice>([
  ...Object.entries(aliases),
  ...Object.entries(names).map(([id, name]) => [normalise(name), id as SamplerChoice] as const),
]);

export function samplerName(id: SamplerChoice): string {
  return names[id];
}

/**
 * The sampler that a name from another program means, or the nearest we have; undefined when there is none. Since 1.9 that web UI
 * writes the noise schedule apart, as `Schedule type`; before, it was part of the name. Its `Automatic` is Karras for DPM++ 2M.
 */
export function samplerFromName(name: string, scheduleType?: string): SamplerChoice | undefined {
  const plain = normalise(name);
  const type = normalise(scheduleType ?? '');
  const karras = type === 'karras' || (type === 'automatic' && plain.startsWith('dpmpp2m'));
  const withSchedule = karras && !plain.endsWith('karras') ? byName.get(`${plain}karras`) : undefined;
  return withSchedule ?? byName.get(plain);
}

function normalise(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('+', 'p')
    .replace(/[^a-z0-9]/g, '');
}
