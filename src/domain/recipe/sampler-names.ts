/** Samplers and noise schedules by the names that other programs write. */
import { samplerChoices, samplerIds, type SamplerId } from '../diffusion/samplers/choices.ts';
import { scheduleChoices, type ScheduleId } from '../diffusion/samplers/schedule-ids.ts';

export type SamplerChoice = SamplerId | 'model';

export const samplerName = (id: SamplerChoice): string =>
  id === 'model' ? 'Model default' : samplerChoices[id].name;

export const scheduleName = (id: ScheduleId): string => scheduleChoices[id].name;

/** As AUTOMATIC1111's web UI writes it since 1.9; null where it has no such sampler. */
export function webUiSampler(
  id: SamplerChoice,
  schedule: ScheduleId | undefined,
): { readonly sampler: string; readonly scheduleType: string } | null {
  if (id === 'model') return null;
  const [sampler, own] = samplerChoices[id].webUi;
  return { sampler, scheduleType: schedule ? scheduleName(schedule) : own };
}

/** Samplers by their bare name, after `normalise`: without a schedule, and with Karras' where that is a sampler of its own. */
interface Family {
  readonly plain: SamplerChoice;
  readonly karras?: SamplerId;
  /** `plain` has this schedule by itself. */
  readonly own?: ScheduleId;
  /** What `Automatic` means in AUTOMATIC1111's web UI, where that is not Uniform. */
  readonly automatic?: ScheduleId;
  /** It goes over a fixed list of timesteps: no schedule can be chosen. */
  readonly fixed?: true;
}

const dpmpp2m: Family = { plain: 'dpmpp-2m', karras: 'dpmpp-2m-karras', automatic: 'karras' };
const dpmpp2mSde: Family = { plain: 'dpmpp-2m-sde-karras', own: 'karras', automatic: 'exponential' };
const dpm2: Family = { plain: 'dpm2', automatic: 'karras' };
const dpm2Ancestral: Family = { plain: 'dpm2-ancestral', automatic: 'karras' };
const dpmpp2sAncestral: Family = { plain: 'dpmpp-2s-ancestral', automatic: 'karras' };
const dpmppSde: Family = { plain: 'dpmpp-sde', karras: 'dpmpp-sde-karras', automatic: 'karras' };
const dpmpp3mSde: Family = { plain: 'dpmpp-3m-sde', automatic: 'exponential' };
const euler: Family = { plain: 'euler', karras: 'euler-karras' };
const eulerAncestral: Family = { plain: 'euler-ancestral' };
const ddim: Family = { plain: 'ddim', fixed: true };
const pndm: Family = { plain: 'pndm', fixed: true };

const familyNames: Readonly<Record<string, Family>> = {
  ddim,
  ddimcfgpp: ddim,
  ddimv3: ddim,
  dpm2,
  dpm2discrete: dpm2,
  dpm2a: dpm2Ancestral,
  dpm2ancestral: dpm2Ancestral,
  dpm2ancestraldiscrete: dpm2Ancestral,
  dpmpp2sa: dpmpp2sAncestral,
  dpmpp2sancestral: dpmpp2sAncestral,
  dpmpp2sancestralcfgpp: dpmpp2sAncestral,
  dpmppsde: dpmppSde,
  dpmppsdegpu: dpmppSde,
  dpmsde: dpmppSde,
  dpmsolversde: dpmppSde,
  dpmpp3msde: dpmpp3mSde,
  dpmpp3msdegpu: dpmpp3mSde,
  dpmpp2m,
  dpmsolvermultistep: dpmpp2m,
  dpmpp2msde: dpmpp2mSde,
  dpmpp2msdegpu: dpmpp2mSde,
  euler,
  eulercfgpp: euler,
  eulera: eulerAncestral,
  eulerancestral: eulerAncestral,
  eulerancestralcfgpp: eulerAncestral,
  heun: { plain: 'heun' },
  lcm: { plain: 'lcm', fixed: true },
  lms: { plain: 'lms' },
  plms: pndm,
  pndm,
  unipc: { plain: 'unipc' },
  unipcbh2: { plain: 'unipc' },
  tinysd: { plain: 'tiny-sd' },
  modeldefault: { plain: 'model', fixed: true },
};

/** Where a sampler is missing here: the one whose pictures come nearest. */
const nearest: readonly (readonly [pattern: RegExp, sampler: SamplerId])[] = [
  [/2msde/, 'dpmpp-2m-sde-karras'],
  [/sde/, 'dpmpp-sde-karras'],
  [/(ancestral|^ddpm)/, 'euler-ancestral'],
  [/^(restart|heun)/, 'heun'],
  [/^(dpm|deis|res|ipndm|sasolver)/, 'dpmpp-2m'],
];

const scheduleWords: Readonly<Record<string, ScheduleId>> = {
  uniform: 'uniform',
  normal: 'uniform',
  discrete: 'uniform',
  native: 'uniform',
  karras: 'karras',
  k: 'karras',
  exponential: 'exponential',
  sgmuniform: 'sgm-uniform',
  trailing: 'sgm-uniform',
  simple: 'simple',
  beta: 'beta',
  ays: 'align-your-steps',
  alignyoursteps: 'align-your-steps',
};

/** Looked up by what stands in files: `constructor` must find nothing. */
const families = new Map(Object.entries(familyNames));
const schedules = new Map(Object.entries(scheduleWords));
const samplers = new Set<string>(['model', ...samplerIds]);

/** Schedules that other programs have and this one does not. */
const otherSchedules = ['polyexponential', 'klopt', 'kloptimal', 'ddimuniform'];

export interface FoundSampler {
  readonly sampler: SamplerChoice;
  /** Only where it is not the sampler's own. */
  readonly schedule?: ScheduleId;
  /** A schedule was asked for that this sampler, or this program, does not have. */
  readonly unknownSchedule?: string;
}

/**
 * The sampler that a name from another program means, whose schedule may be part of the name (`DPM++ 2M Karras`, `dpmpp_2m_k`) or be
 * written apart; undefined when there is none here.
 */
export function samplerFor(name: string, scheduleType?: string): FoundSampler | undefined {
  const { base, suffix } = splitName(normalise(name));
  const family = families.get(base);
  if (!family) return undefined;
  const said = normalise(scheduleType ?? '') || suffix;
  const asked = said === 'automatic' ? (family.automatic ?? 'uniform') : schedules.get(said);
  if (asked === undefined) {
    return {
      sampler: family.plain,
      ...(said !== '' && { unknownSchedule: scheduleType ?? suffix }),
      ...unsaid(family),
    };
  }
  return withSchedule(family, asked);
}

/** Old names without a schedule mean the uniform one, also where ours brings another. */
const unsaid = ({ own }: Family): { schedule?: ScheduleId } => (own ? { schedule: 'uniform' } : {});

function withSchedule(family: Family, asked: ScheduleId): FoundSampler {
  const { plain, karras, own = 'uniform', fixed } = family;
  if (asked === own) return { sampler: plain };
  if (asked === 'karras' && karras) return { sampler: karras };
  if (!fixed) return { sampler: plain, schedule: asked };
  // A fixed list is near enough to what these two mean.
  const alike = asked === 'simple' || asked === 'sgm-uniform';
  return { sampler: plain, ...(!alike && { unknownSchedule: scheduleName(asked) }) };
}

/** The sampler with this very id, over the schedule with this name. */
export function samplerWithId(id: string, scheduleType?: string): FoundSampler | undefined {
  if (!samplers.has(id)) return undefined;
  const sampler = id as SamplerChoice;
  const own = scheduleType === undefined || scheduleType === webUiSampler(sampler, undefined)?.scheduleType;
  const schedule = own ? undefined : schedules.get(normalise(scheduleType));
  return { sampler, ...(schedule && { schedule }) };
}

export function nearestSampler(name: string): SamplerId | undefined {
  const plain = normalise(name);
  return nearest.find(([pattern]) => pattern.test(plain))?.[1];
}

function splitName(name: string): { base: string; suffix: string } {
  if (families.has(name)) return { base: name, suffix: '' };
  const endings = [...schedules.keys(), ...otherSchedules].sort((a, b) => b.length - a.length);
  const suffix = endings.find((ending) => name.endsWith(ending)) ?? '';
  return { base: name.slice(0, name.length - suffix.length), suffix };
}

function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(sample_|k_(?=dpm|euler|heun|lms)|k(?=dpm|lms))/, '')
    .replaceAll('+', 'p')
    .replace(/[^a-z0-9]/g, '');
}
