import { expect, test } from 'vitest';
import { inEnglish } from '../../testing/english.ts';
import { createWords, formatWords } from './de/words.ts';
import { createFormat } from './format.ts';
import { message, messageWords } from './message.ts';

test('a message is plain data, and becomes a sentence in the language that is spoken', () => {
  const said = message('restored', { file: 'fox.png' }, null, true);
  expect(structuredClone(said)).toEqual(said);
  expect(inEnglish(said)).toBe(
    'Settings restored from “fox.png”. It began from another picture, which is not in there.',
  );
  const german = createWords(createFormat('de', formatWords));
  expect(messageWords(german, said)).toBe(
    'Einstellungen aus „fox.png“ wiederhergestellt. Es begann mit einem anderen Bild, das nicht dabei ist.',
  );
});
