/** Pipelines that are not Stable Diffusion 1.x / 2.x, told apart so that the refusal can name them. */
export const otherFamilies = {
  sdxl: 'Stable Diffusion XL',
  sd3: 'Stable Diffusion 3',
  flux: 'Flux',
  'transformer-image': 'a diffusion transformer',
  kandinsky: 'Kandinsky',
  cascade: 'Stable Cascade',
  'edit-image': 'an image-editing model (InstructPix2Pix)',
  controlnet: 'a ControlNet',
  video: 'a video model',
} as const;

export type OtherFamily = keyof typeof otherFamilies;
