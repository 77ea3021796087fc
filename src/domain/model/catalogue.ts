/**
 * The models that the sheet offers, beside the built-in one (which `virtual:built-in-model` describes) and whatever a person adds. All
 * that is known of them before the hub has been asked is in this one constant.
 */
import type { Family } from './family.ts';
import { formatModelId, type HubAddress } from './model-id.ts';
import type { ModelCard } from './card.ts';
import type { ModelComponent } from './model-file.ts';

export interface CatalogueSource extends HubAddress {
  /** Branch, tag or commit. A branch is pinned to its commit when the download begins, and the recipe names the commit. */
  readonly revision: string;
}

/** What a device must offer, beside the space to keep the files. */
export interface ModelNeeds {
  /** Its graphs compute in float16. On a GPU without `shader-f16` they are turned to float32 while they load. */
  readonly shaderF16: boolean;
  /** Bytes of each component's weights as they lie in memory on WebGPU. */
  readonly weightBytes: Readonly<Record<Exclude<ModelComponent, 'vae_encoder'>, number>>;
  /** The largest single buffer that a step at the native size needs on WebGPU. */
  readonly largestBufferBytes: number;
  /** WASM computes in float32 whatever the weights are: they grow by this factor when loaded. */
  readonly wasmGrowth: number;
  /** Model calls (steps × passes) for one picture with the defaults, the work of one, and that of decoding: what speed depends on. */
  readonly passes: number;
  readonly passGflop: number;
  readonly decodeGflop: number;
}

export interface CatalogueModel {
  readonly key: 'tiny-sd-fp16' | 'tiny-sd-q4f16' | 'lcm-tiny-sd';
  readonly family: Family;
  /** The first that answers is used. */
  readonly sources: readonly [CatalogueSource, ...CatalogueSource[]];
  readonly card: ModelCard;
  readonly licenceUrl: string;
  /** As the makers tell; the exact number is in the file list. */
  readonly downloadBytes: number;
  readonly needs: ModelNeeds;
}

const openRail = {
  licence: 'CreativeML Open RAIL-M',
  licenceUrl: 'https://huggingface.co/spaces/CompVis/stable-diffusion-license',
};
/** Heads × (64 × 64)² float16 scores of the first attention at 512 × 512, where an export does not fuse it. */
const attentionBytes = 8 * 4096 ** 2 * 2;
/** The widest layer of Stable Diffusion's decoder at a picture's full size: 256 channels in float32. */
export const decoderBytes = (width: number, height: number) => 256 * width * height * 4;
const examples = [
  'portrait of an old fisherman, soft window light, 85mm photo',
  'a lighthouse on a cliff in a storm, oil painting',
  'a cosy reading corner with plants, morning sun',
  'a red fox in fresh snow, wildlife photography',
];
const tinySdCard = {
  licence: openRail.licence,
  sizeMultiple: 32,
  examples,
  defaults: { sampler: 'tiny-sd', steps: 25, guidanceScale: 7, width: 512, height: 512 },
} as const;
/** Counted by PyTorch at 512 × 512. */
const tinySdWork = { passGflop: 486, decodeGflop: 2515 };
const fp16Weights = { text_encoder: 246_537_314, unet: 647_164_285, vae_decoder: 99_123_074 };

export const catalogue: readonly CatalogueModel[] = [
  {
    key: 'tiny-sd-fp16',
    family: 'tiny-sd',
    // The makers' own weights, compiled here; exports of others where those cannot be had.
    sources: [
      {
        repository: 'segmind/tiny-sd',
        folder: '',
        precision: null,
        revision: 'cad0bd7495fa6c4bcca01b19a723dc91627fe84f',
      },
      {
        repository: 'cursedhelm/aderpy-deepdreamer-onnx',
        folder: 'tiny-sd-web-fp16',
        precision: null,
        revision: 'main',
      },
      { repository: 'RanaLLC/tiny-sd-onnx-fp16', folder: '', precision: null, revision: 'main' },
    ],
    card: {
      ...tinySdCard,
      name: 'Tiny SD',
      description:
        'Stable Diffusion, distilled by Segmind to half its size. Photos and paintings at 512 × 512.',
    },
    licenceUrl: openRail.licenceUrl,
    downloadBytes: 1_062_108_664,
    needs: {
      shaderF16: false,
      weightBytes: fp16Weights,
      largestBufferBytes: decoderBytes(512, 512),
      wasmGrowth: 2,
      passes: 50,
      ...tinySdWork,
    },
  },
  {
    key: 'tiny-sd-q4f16',
    family: 'tiny-sd',
    sources: [
      {
        repository: 'cursedhelm/aderpy-deepdreamer-onnx',
        folder: 'tiny-sd-web-q4f16',
        precision: null,
        revision: 'main',
      },
    ],
    card: {
      ...tinySdCard,
      name: 'Tiny SD, compact',
      description:
        'Tiny SD with 4-bit weights: a smaller download and less memory, slightly rougher pictures.',
    },
    licenceUrl: openRail.licenceUrl,
    downloadBytes: 707_000_000,
    needs: {
      shaderF16: true,
      weightBytes: { text_encoder: 69_600_000, unet: 466_000_000, vae_decoder: 97_600_000 },
      largestBufferBytes: attentionBytes,
      wasmGrowth: 3,
      passes: 50,
      ...tinySdWork,
    },
  },
  {
    key: 'lcm-tiny-sd',
    family: 'lcm-tiny-sd',
    sources: [
      { repository: 'akameswa/lcm-tiny-sd-onnx-fp16', folder: '', precision: null, revision: 'main' },
    ],
    card: {
      ...tinySdCard,
      name: 'LCM Tiny SD',
      description: 'Tiny SD trained to need four steps: about ten times faster, with less detail.',
      defaults: { sampler: 'lcm', steps: 4, guidanceScale: 1, width: 512, height: 512 },
    },
    licenceUrl: openRail.licenceUrl,
    downloadBytes: 995_000_000,
    needs: {
      shaderF16: true,
      weightBytes: fp16Weights,
      largestBufferBytes: attentionBytes,
      wasmGrowth: 2,
      passes: 4,
      ...tinySdWork,
    },
  },
];

/** The entry that a model came from, whichever of its sources was used. */
export function catalogueEntryOf(modelId: string): CatalogueModel | undefined {
  return catalogue.find((entry) => entry.sources.some((source) => formatModelId(source) === modelId));
}
