/** How a picture was drawn over, inpainted or enlarged, in the words of AUTOMATIC1111's web UI. Masks and sources are in no text. */
import type { Enlarging } from '../diffusion/edit/enlarging.ts';
import type { Hires } from '../diffusion/edit/hires.ts';
import type { Inpainting } from '../diffusion/edit/inpainting.ts';
import type { ImageRecipe } from './recipe.ts';
import { contentName } from './tongues/a1111-passes.ts';
import { upscalerName } from './upscaler-names.ts';

export type Pair = readonly [key: string, value: string | number];

export function passPairs({ settings: { hires }, source, enlarged }: ImageRecipe): readonly Pair[] {
  const strength = hires?.strength ?? source?.strength ?? strengthOf(enlarged);
  return [
    ...(strength === undefined ? [] : [['Denoising strength', strength] as const]),
    ...(hires ? hiresPairs(hires) : []),
    ...(source?.inpaint ? inpaintPairs(source.inpaint) : []),
    ...(enlarged ? enlargedPairs(enlarged) : []),
  ];
}

const strengthOf = (enlarged: Enlarging | undefined) =>
  enlarged?.how === 'detail' ? enlarged.strength : undefined;

const hiresPairs = ({ scale, steps, upscaler }: Hires): readonly Pair[] => [
  ['Hires upscale', scale],
  ...(steps > 0 ? [['Hires steps', steps] as const] : []),
  ['Hires upscaler', upscalerName(upscaler)],
];

/** The web UI leaves a blur of 0 unsaid; here it is what tells that there was a mask. */
const inpaintPairs = ({ content, area, paddingPx, featherPx }: Inpainting): readonly Pair[] => [
  ['Mask blur', featherPx],
  ...(area === 'masked'
    ? ([
        ['Inpaint area', 'Only masked'],
        ['Masked area padding', paddingPx],
      ] as const)
    : []),
  ...(content === 'original' ? [] : [['Masked content', contentName(content)] as const]),
];

/** The filter and networks as its "Extras" say it, the tiles as its script "SD upscale". */
function enlargedPairs(enlarged: Enlarging): readonly Pair[] {
  if (enlarged.how === 'detail') {
    return [
      ['SD upscale overlap', enlarged.overlapPx],
      ['SD upscale upscaler', 'Lanczos'],
    ];
  }
  return [
    ['Postprocess upscale by', enlarged.scale],
    ['Postprocess upscaler', enlarged.how === 'filter' ? 'Lanczos' : enlarged.network],
  ];
}
