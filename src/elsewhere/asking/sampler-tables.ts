/** Our samplers by the names that machines give them. */
import { samplerChoices, samplerIds, type SamplerId } from '../../domain/diffusion/samplers/choices.ts';
import type { ScheduleId } from '../../domain/diffusion/samplers/schedule-ids.ts';

/** What a machine calls a sampler, and the noise schedule with it. */
export interface NamedSampler {
  readonly sampler: string;
  readonly schedule: string;
}

/** `tiny-sd` is DPM++ 2M with options that no machine has. */
const known = samplerIds.filter((id) => id !== 'tiny-sd');

/** AUTOMATIC1111's samplers; before 1.9 schedules were part of the name, and there was no list of them (`schedules` null). */
export function webUiSamplers(
  samplers: ReadonlySet<string>,
  schedules: ReadonlySet<string> | null,
): readonly SamplerId[] {
  return known.filter((id) => {
    const [sampler, schedule] = samplerChoices[id].webUi;
    return schedules ? samplers.has(sampler) && schedules.has(schedule) : samplers.has(oldName(id));
  });
}

export const oldName = (id: SamplerId): string => {
  const [sampler, schedule] = samplerChoices[id].webUi;
  return schedule === 'Uniform' ? sampler : `${sampler} ${schedule}`;
};

/** https://github.com/leejet/stable-diffusion.cpp, `sample_method_to_str` and `scheduler_to_str`. Its DDIM is another one. */
const ofSdServer: Partial<Record<SamplerId, NamedSampler>> = {
  dpm2: { sampler: 'dpm2', schedule: 'discrete' },
  'dpmpp-2m': { sampler: 'dpm++2m', schedule: 'discrete' },
  'dpmpp-2m-karras': { sampler: 'dpm++2m', schedule: 'karras' },
  'dpmpp-2m-sde-karras': { sampler: 'dpm++2m_sde', schedule: 'karras' },
  'dpmpp-2s-ancestral': { sampler: 'dpm++2s_a', schedule: 'discrete' },
  euler: { sampler: 'euler', schedule: 'discrete' },
  'euler-ancestral': { sampler: 'euler_a', schedule: 'discrete' },
  'euler-karras': { sampler: 'euler', schedule: 'karras' },
  heun: { sampler: 'heun', schedule: 'discrete' },
  lcm: { sampler: 'lcm', schedule: 'discrete' },
  lms: { sampler: 'lms', schedule: 'discrete' },
};

export const sdServerSchedules: Readonly<Record<ScheduleId, string>> = {
  uniform: 'discrete',
  karras: 'karras',
  exponential: 'exponential',
  'sgm-uniform': 'sgm_uniform',
  beta: 'beta',
  'align-your-steps': 'ays',
  simple: 'simple',
};

/** https://github.com/Haidra-Org/AI-Horde, `KNOWN_SAMPLERS`; `karras` is a switch beside it. */
const ofHorde: Partial<Record<SamplerId, NamedSampler>> = {
  ddim: { sampler: 'DDIM', schedule: '' },
  dpm2: { sampler: 'k_dpm_2', schedule: '' },
  'dpm2-ancestral': { sampler: 'k_dpm_2_a', schedule: '' },
  'dpmpp-2m': { sampler: 'k_dpmpp_2m', schedule: '' },
  'dpmpp-2m-karras': { sampler: 'k_dpmpp_2m', schedule: 'karras' },
  'dpmpp-2s-ancestral': { sampler: 'k_dpmpp_2s_a', schedule: '' },
  'dpmpp-sde': { sampler: 'k_dpmpp_sde', schedule: '' },
  'dpmpp-sde-karras': { sampler: 'k_dpmpp_sde', schedule: 'karras' },
  euler: { sampler: 'k_euler', schedule: '' },
  'euler-ancestral': { sampler: 'k_euler_a', schedule: '' },
  'euler-karras': { sampler: 'k_euler', schedule: 'karras' },
  heun: { sampler: 'k_heun', schedule: '' },
  lcm: { sampler: 'lcm', schedule: '' },
  lms: { sampler: 'k_lms', schedule: '' },
};

export const sdServerSampler = (id: SamplerId | 'model') => (id === 'model' ? undefined : ofSdServer[id]);
export const hordeSampler = (id: SamplerId | 'model') => (id === 'model' ? undefined : ofHorde[id]);

export const hordeSamplers = known.filter((id) => ofHorde[id]);

export const sdServerSamplers = (methods: ReadonlySet<string>, schedulers: ReadonlySet<string>) =>
  known.filter((id) => {
    const named = ofSdServer[id];
    return named && methods.has(named.sampler) && schedulers.has(named.schedule);
  });
