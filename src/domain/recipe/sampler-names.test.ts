import { expect, test } from 'vitest';
import { samplerIds } from '../diffusion/samplers/sampler.ts';
import { samplerFromName, samplerName } from './sampler-names.ts';

test('every sampler comes back from the name it is written under', () => {
  for (const id of ['model', ...samplerIds] as const) expect(samplerFromName(samplerName(id))).toBe(id);
});

test.each([
  ['DPM++ 2M Karras', undefined, 'dpmpp-2m-karras'],
  ['DPM++ 2M', 'Karras', 'dpmpp-2m-karras'],
  ['DPM++ 2M', 'Automatic', 'dpmpp-2m-karras'],
  ['DPM++ 2M', 'Uniform', 'dpmpp-2m'],
  ['DPM++ 2M Karras', 'Karras', 'dpmpp-2m-karras'],
  ['DPM++ 2M SDE', 'Karras', 'dpmpp-2m-sde-karras'],
  ['Euler', 'Automatic', 'euler'],
  ['Euler', 'Karras', 'euler-karras'],
  ['Euler a', 'Karras', 'euler-ancestral'],
  ['PLMS', undefined, 'pndm'],
  ['dpmpp_2m', 'karras', 'dpmpp-2m-karras'],
  ['euler_ancestral', 'normal', 'euler-ancestral'],
  ['uni_pc', 'simple', 'unipc'],
])('%s with schedule type %s is %s', (name, type, id) => {
  expect(samplerFromName(name, type)).toBe(id);
});

test('a sampler that we do not have is undefined, not something else', () => {
  expect(samplerFromName('DPM fast')).toBeUndefined();
  expect(samplerFromName('')).toBeUndefined();
});
