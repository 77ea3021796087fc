import type { OtherFamily } from '../weights/other-families.ts';

/** `_class_name` of model_index.json, most telling first. */
const byClass: readonly (readonly [RegExp, OtherFamily])[] = [
  [/InstructPix2Pix/, 'edit-image'],
  [/ControlNet/, 'controlnet'],
  [/StableDiffusionXL|SDXL/, 'sdxl'],
  [/StableDiffusion3/, 'sd3'],
  [/Flux/, 'flux'],
  [/Kandinsky/, 'kandinsky'],
  [/Cascade|Wuerstchen/, 'cascade'],
  [/Video|AnimateDiff|TextToVideo|LTX|CogVideo/, 'video'],
  [/PixArt|Sana|Lumina|HunyuanDiT|AuraFlow|QwenImage|ZImage|Chroma/, 'transformer-image'],
];

/** The family that a pipeline's class names; null when it is one of ours or unknown. */
export function otherFamilyOfClass(className: string): OtherFamily | null {
  return byClass.find(([pattern]) => pattern.test(className))?.[1] ?? null;
}

/** The family that the names of a pipeline's component folders tell; null when they could be ours. */
export function otherFamilyOfFolders(folders: ReadonlySet<string>): OtherFamily | null {
  if (folders.has('text_encoder_3')) return 'sd3';
  if (folders.has('transformer')) return folders.has('text_encoder_2') ? 'flux' : 'transformer-image';
  if (folders.has('text_encoder_2')) return 'sdxl';
  if (folders.has('movq')) return 'kandinsky';
  if (folders.has('vqgan') || folders.has('effnet')) return 'cascade';
  return null;
}
