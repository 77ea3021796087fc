import { expect, test } from 'vitest';
import { scheduleIds } from '../diffusion/samplers/schedule-ids.ts';
import { nearestSampler, samplerFor, samplerName, samplerWithId, webUiSampler } from './sampler-names.ts';
import { samplerIds } from '../diffusion/samplers/choices.ts';

test('every sampler comes back from the name that the person reads', () => {
  for (const id of samplerIds) expect(samplerFor(samplerName(id))).toEqual({ sampler: id });
});

test('what AUTOMATIC1111 is told draws the same: only tiny-sd has another sampler’s name there', () => {
  for (const id of samplerIds) {
    const { sampler, scheduleType } = webUiSampler(id, undefined)!;
    expect(samplerFor(sampler, scheduleType)?.sampler).toBe(id === 'tiny-sd' ? 'dpmpp-2m' : id);
    expect(samplerWithId(id, scheduleType)).toEqual({ sampler: id });
  }
});

test('a schedule of its own comes back with the sampler’s id', () => {
  for (const schedule of scheduleIds) {
    const { scheduleType } = webUiSampler('heun', schedule)!;
    expect(samplerWithId('heun', scheduleType)).toEqual(
      schedule === 'uniform' ? { sampler: 'heun' } : { sampler: 'heun', schedule },
    );
  }
});

test.each([
  ['DPM++ 2M Karras', undefined, { sampler: 'dpmpp-2m-karras' }],
  ['DPM++ 2M', 'Karras', { sampler: 'dpmpp-2m-karras' }],
  ['DPM++ 2M', 'Automatic', { sampler: 'dpmpp-2m-karras' }],
  ['DPM++ 2M', 'Uniform', { sampler: 'dpmpp-2m' }],
  ['DPM++ 2M Karras', 'Karras', { sampler: 'dpmpp-2m-karras' }],
  ['DPM++ 2M SDE', 'Karras', { sampler: 'dpmpp-2m-sde-karras' }],
  ['DPM++ 2M SDE', 'Automatic', { sampler: 'dpmpp-2m-sde-karras', schedule: 'exponential' }],
  ['DPM++ 2M SDE', undefined, { sampler: 'dpmpp-2m-sde-karras', schedule: 'uniform' }],
  ['DPM++ 2M SDE Exponential', undefined, { sampler: 'dpmpp-2m-sde-karras', schedule: 'exponential' }],
  ['Euler', 'Automatic', { sampler: 'euler' }],
  ['Euler', 'Karras', { sampler: 'euler-karras' }],
  ['Euler a', 'Karras', { sampler: 'euler-ancestral', schedule: 'karras' }],
  ['Euler A Trailing', undefined, { sampler: 'euler-ancestral', schedule: 'sgm-uniform' }],
  ['Heun', 'Beta 57', { sampler: 'heun', unknownSchedule: 'Beta 57' }],
  ['LMS Karras', undefined, { sampler: 'lms', schedule: 'karras' }],
  ['PLMS', undefined, { sampler: 'pndm' }],
  ['DDIM', 'Karras', { sampler: 'ddim', unknownSchedule: 'Karras' }],
  ['dpmpp_2m', 'karras', { sampler: 'dpmpp-2m-karras' }],
  ['dpmpp_2m_k', undefined, { sampler: 'dpmpp-2m-karras' }],
  ['dpmpp_2m_sde_gpu', 'karras', { sampler: 'dpmpp-2m-sde-karras' }],
  ['euler_ancestral', 'normal', { sampler: 'euler-ancestral' }],
  ['k_euler_a', undefined, { sampler: 'euler-ancestral' }],
  ['k_lms', undefined, { sampler: 'lms' }],
  ['uni_pc', 'sgm_uniform', { sampler: 'unipc', schedule: 'sgm-uniform' }],
  ['DPM++ SDE Karras', undefined, { sampler: 'dpmpp-sde-karras' }],
  ['DPM++ SDE', undefined, { sampler: 'dpmpp-sde' }],
  ['DPM++ SDE', 'Automatic', { sampler: 'dpmpp-sde-karras' }],
  ['dpmpp_sde_gpu', 'exponential', { sampler: 'dpmpp-sde', schedule: 'exponential' }],
  ['k_dpmpp_sde', undefined, { sampler: 'dpmpp-sde' }],
  ['DPM2', 'Uniform', { sampler: 'dpm2' }],
  ['DPM2', 'Automatic', { sampler: 'dpm2', schedule: 'karras' }],
  ['DPM2 Karras', undefined, { sampler: 'dpm2', schedule: 'karras' }],
  ['DPM2 a Karras', undefined, { sampler: 'dpm2-ancestral', schedule: 'karras' }],
  ['dpm_2_ancestral', 'normal', { sampler: 'dpm2-ancestral' }],
  ['kdpm_2_a_k', undefined, { sampler: 'dpm2-ancestral', schedule: 'karras' }],
  ['k_dpm_2', undefined, { sampler: 'dpm2' }],
  ['DPM++ 2S a', 'Automatic', { sampler: 'dpmpp-2s-ancestral', schedule: 'karras' }],
  ['DPM++ 2S a Karras', undefined, { sampler: 'dpmpp-2s-ancestral', schedule: 'karras' }],
  ['k_dpmpp_2s_a', undefined, { sampler: 'dpmpp-2s-ancestral' }],
  ['DPM++ 3M SDE', undefined, { sampler: 'dpmpp-3m-sde' }],
  ['DPM++ 3M SDE', 'Automatic', { sampler: 'dpmpp-3m-sde', schedule: 'exponential' }],
  ['DPM++ 3M SDE Exponential', undefined, { sampler: 'dpmpp-3m-sde', schedule: 'exponential' }],
  ['DPM++ 3M SDE Karras', undefined, { sampler: 'dpmpp-3m-sde', schedule: 'karras' }],
  ['dpmpp_3m_sde_gpu', 'karras', { sampler: 'dpmpp-3m-sde', schedule: 'karras' }],
  ['Euler', 'Beta', { sampler: 'euler', schedule: 'beta' }],
  ['Euler a', 'Align Your Steps', { sampler: 'euler-ancestral', schedule: 'align-your-steps' }],
  ['DPM++ 2M AYS', undefined, { sampler: 'dpmpp-2m', schedule: 'align-your-steps' }],
  ['Euler', 'KL Optimal', { sampler: 'euler', unknownSchedule: 'KL Optimal' }],
])('%s with schedule type %s', (name, type, found) => {
  expect(samplerFor(name, type)).toEqual(found);
});

test('a sampler that we do not have is undefined, not something else; the nearest is known', () => {
  expect(samplerFor('DPM fast')).toBeUndefined();
  expect(samplerFor('')).toBeUndefined();
  expect(samplerFor('constructor')).toBeUndefined();
  expect(nearestSampler('DPM fast')).toBe('dpmpp-2m');
  expect(nearestSampler('DPM adaptive')).toBe('dpmpp-2m');
  expect(nearestSampler('DPM++ 2M SDE Heun')).toBe('dpmpp-2m-sde-karras');
  expect(nearestSampler('er_sde')).toBe('dpmpp-sde-karras');
  expect(nearestSampler('Restart')).toBe('heun');
  expect(nearestSampler('Unheard')).toBeUndefined();
});
