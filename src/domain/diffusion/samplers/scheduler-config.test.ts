import { describe, expect, it } from 'vitest';
import { alphasCumprod } from '../schedule/betas.ts';
import { parseSchedulerConfig, schedulerConfig, settingsOf } from './scheduler-config.ts';

const parse = (options: Readonly<Record<string, unknown>>) => parseSchedulerConfig(JSON.stringify(options));

describe('scheduler_config.json', () => {
  it('may hold -Infinity, Infinity and NaN, also as text', () => {
    const text =
      '{"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity, "sample_max_value": Infinity, ' +
      '"beta_start": NaN, "note": "a \\"-Infinity\\" is NaN"}';
    const settings = settingsOf(parseSchedulerConfig(text));
    expect(settings.lambdaMinClipped).toBe(-Infinity);
    expect(settings.sampleMaxValue).toBe(Infinity);
    expect(settings.betaStart).toBe(0.0001);
  });

  it('leaves what it does not state to the class', () => {
    const spacing = (name: string) => settingsOf(schedulerConfig(name, {})).timestepSpacing;
    expect(['PNDMScheduler', 'DDIMScheduler', 'LCMScheduler', 'DDPMScheduler'].map(spacing)).toEqual(
      Array(4).fill('leading'),
    );
    expect(
      ['EulerDiscreteScheduler', 'DPMSolverMultistepScheduler', 'HeunDiscreteScheduler'].map(spacing),
    ).toEqual(Array(3).fill('linspace'));
    expect(settingsOf(schedulerConfig('DDIMScheduler', {})).clipSample).toBe(true);
    expect(settingsOf(schedulerConfig('LCMScheduler', {})).betaSchedule).toBe('scaled_linear');
  });

  it('takes null for not stated, and ignores options of other programs', () => {
    const settings = settingsOf(
      parse({ _class_name: 'PNDMScheduler', trained_betas: null, steps_offset: 1, skip: 'me' }),
    );
    expect(settings.trainedBetas).toBeNull();
    expect(settings.stepsOffset).toBe(1);
  });

  it('names the class or the option that is not supported', () => {
    const refused = (options: Readonly<Record<string, unknown>>, part: string) =>
      expect(() => parse(options)).toThrowError(
        expect.objectContaining({
          code: 'model-unsupported',
          message: expect.stringContaining(part) as string,
        }),
      );
    refused({ _class_name: 'FlowMatchEulerDiscreteScheduler' }, 'FlowMatchEulerDiscreteScheduler');
    refused({ _class_name: 'DDIMScheduler', prediction_type: 'flow_prediction' }, 'prediction_type');
    refused({ _class_name: 'UniPCMultistepScheduler', use_flow_sigmas: true }, 'use_flow_sigmas');
    refused({ _class_name: 'DDIMScheduler', beta_start: '0.1' }, 'beta_start');
  });

  it('says that a file is corrupt where it is', () => {
    for (const text of ['', '<!DOCTYPE html>', '[]', 'null', '{}', '{"_class_name": 3}']) {
      expect(() => parseSchedulerConfig(text)).toThrowError(
        expect.objectContaining({ code: 'file-corrupt' }),
      );
    }
  });
});

describe('noise schedule', () => {
  const alphas = (options: Readonly<Record<string, unknown>>) =>
    alphasCumprod(settingsOf(schedulerConfig('DDIMScheduler', options)), true);

  // From diffusers' DDIMScheduler(...).alphas_cumprod[-1]; with zero SNR, as Euler and DPM-Solver set it.
  it('ends where the reference ends', () => {
    const range = { beta_start: 0.00085, beta_end: 0.012 };
    expect(alphas({ ...range, beta_schedule: 'scaled_linear' }).at(-1)).toBe(0.00466009508818388);
    expect(alphas({ ...range, beta_schedule: 'linear' }).at(-1)).toBe(0.0015789627796038985);
    expect(alphas({ beta_schedule: 'squaredcos_cap_v2' }).at(-1)).toBe(2.4287349909002387e-9);
    expect(alphas({ ...range, rescale_betas_zero_snr: true }).at(-1)).toBe(2 ** -24);
  });

  it('takes betas that a model was trained with', () => {
    const taken = alphas({ trained_betas: [0.5, 0.25], num_train_timesteps: 2 });
    expect(Array.from(taken)).toEqual([0.5, 0.375]);
  });
});
