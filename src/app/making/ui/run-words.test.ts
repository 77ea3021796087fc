import { expect, test } from 'vitest';
import { beginProgress, type Phase } from '../../engine/progress.ts';
import { runWords } from './run-words.ts';
import { tokenWords } from '../../picture/ui/token-words.ts';
import { english } from '../../../testing/english.ts';

const words = (now: Phase, imageIndex = 0, imageCount = 1) =>
  runWords(english, { ...beginProgress(25, imageCount, null), now, imageIndex });

test('loading tells real bytes and parts', () => {
  expect(words({ phase: 'download', loadedBytes: 3_140_000, totalBytes: 21_400_000 })).toBe(
    'Fetching the model · 3.1 of 21.4 MB',
  );
  expect(words({ phase: 'session', component: 'unet', done: 1, total: 3 })).toContain('1 of 3 parts');
});

test('steps are told for the picture they belong to, when there are several', () => {
  expect(words({ phase: 'denoise', step: 7, steps: 25, call: 13, calls: 49 })).toBe('Step 7 of 25');
  expect(words({ phase: 'denoise', step: 7, steps: 25, call: 13, calls: 49 }, 1, 4)).toBe(
    'Step 7 of 25 · picture 2 of 4',
  );
  expect(words({ phase: 'image' }, 4, 4)).toBe('Finishing · picture 4 of 4');
});

test('tokens beyond one part are told in parts', () => {
  expect(tokenWords(english, { tokens: 1, chunks: 1, chunkTokens: 75 })).toBe('1 token of 75');
  expect(tokenWords(english, { tokens: 75, chunks: 1, chunkTokens: 75 })).toBe('75 tokens of 75');
  expect(tokenWords(english, { tokens: 2000, chunks: 27, chunkTokens: 75 })).toBe(
    '2,000 tokens, read in 27 parts of 75',
  );
});
