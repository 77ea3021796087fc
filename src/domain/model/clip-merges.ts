import type { LayoutFile } from './model-file.ts';

/**
 * CLIP's vocabulary, which checkpoints of one file do not bring: `public/models/clip/merges.txt`, as OpenAI published it (MIT;
 * https://github.com/openai/CLIP). The app itself has it.
 */
export const clipMerges: LayoutFile = {
  path: 'tokenizer/merges.txt',
  source: {
    path: 'models/clip/merges.txt',
    sizeBytes: 524_619,
    sha256: '9fd691f7c8039210e0fced15865466c65820d09b63988b0174bfe25de299051a',
  },
};
