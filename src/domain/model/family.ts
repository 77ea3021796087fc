/**
 * What is the same for every model of a family, so that a repository which leaves it out can still be used. Values are those of the
 * published configurations of runwayml/stable-diffusion-v1-5 and segmind/tiny-sd.
 */
export type Family = 'sd1' | 'tiny-sd' | 'lcm-tiny-sd';

/** A file that the repository lacks and that its family lets us write. */
export interface FilledFile {
  readonly path: string;
  readonly text: string;
}

const noise = {
  num_train_timesteps: 1000,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  prediction_type: 'epsilon',
};

const schedulers: Readonly<Record<Family, object>> = {
  sd1: {
    _class_name: 'PNDMScheduler',
    ...noise,
    skip_prk_steps: true,
    set_alpha_to_one: false,
    steps_offset: 1,
    timestep_spacing: 'leading',
  },
  'tiny-sd': {
    _class_name: 'DPMSolverMultistepScheduler',
    ...noise,
    algorithm_type: 'dpmsolver++',
    solver_order: 2,
    solver_type: 'midpoint',
    lower_order_final: true,
    steps_offset: 1,
    thresholding: false,
    timestep_spacing: 'linspace',
    use_karras_sigmas: false,
  },
  'lcm-tiny-sd': {
    _class_name: 'LCMScheduler',
    ...noise,
    original_inference_steps: 50,
    set_alpha_to_one: false,
    steps_offset: 1,
    timestep_scaling: 10,
    timestep_spacing: 'leading',
  },
};

const unetWidths: Readonly<Record<Family, readonly number[]>> = {
  sd1: [320, 640, 1280, 1280],
  'tiny-sd': [320, 640, 1280],
  'lcm-tiny-sd': [320, 640, 1280],
};

/** Everything that the engine reads beside graphs and vocabulary. */
export function familyFiles(family: Family): readonly FilledFile[] {
  const unet = {
    _class_name: 'UNet2DConditionModel',
    in_channels: 4,
    out_channels: 4,
    sample_size: 64,
    cross_attention_dim: 768,
    block_out_channels: unetWidths[family],
    time_cond_proj_dim: null,
  };
  const vae = {
    _class_name: 'AutoencoderKL',
    in_channels: 3,
    out_channels: 3,
    latent_channels: 4,
    block_out_channels: [128, 256, 512, 512],
    scaling_factor: 0.18215,
  };
  const textEncoder = {
    model_type: 'clip_text_model',
    hidden_size: 768,
    max_position_embeddings: 77,
    vocab_size: 49408,
  };
  const tokenizer = {
    tokenizer_class: 'CLIPTokenizer',
    model_max_length: 77,
    bos_token: '<|startoftext|>',
    eos_token: '<|endoftext|>',
    pad_token: '<|endoftext|>',
    unk_token: '<|endoftext|>',
    do_lower_case: true,
  };
  const files: Readonly<Record<string, object>> = {
    'scheduler/scheduler_config.json': schedulers[family],
    'unet/config.json': unet,
    'vae_decoder/config.json': vae,
    'text_encoder/config.json': textEncoder,
    'tokenizer/tokenizer_config.json': tokenizer,
  };
  return Object.entries(files).map(([path, content]) => ({ path, text: JSON.stringify(content) }));
}

/** Bytes of CLIP ViT-L/14's text encoder (123,060,480 parameters) in the precisions it is exported in. */
const clipTextBytes = { fp32: 492_300_000, fp16: 246_200_000, q4f16: 69_600_000 };

/**
 * True when a text encoder of this size can only be CLIP ViT-L/14, which of all pipelines with one text encoder is Stable Diffusion 1.x
 * and what was distilled from it (2.x has OpenCLIP ViT-H: 680 MB in fp16). Graphs add up to 2 %.
 */
export function isClipTextSize(sizeBytes: number): boolean {
  return Object.values(clipTextBytes).some((known) => sizeBytes >= known * 0.99 && sizeBytes <= known * 1.02);
}
