import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenPrompt } from '../../../testing/broken-texts.ts';
import { mayHaveFacts } from './may-have-facts.ts';
import { isDoubt, promptFacts } from './prompt-facts.ts';

const facts = (prompt: string) => promptFacts(prompt, 20, { colour: ['red', 'blue'] });

test('weights, LoRAs and sections are found', () => {
  expect(facts('a (stormy:1.3) sea, [cloud] <lora:own:0.8>')).toEqual([
    { kind: 'lora', name: 'own', textWeight: 0.8, unetWeight: 0.8 },
    { kind: 'weight', words: 'stormy', weight: 1.3 },
    { kind: 'weight', words: 'cloud', weight: 0.909 },
  ]);
  expect(facts('a fox BREAK a boat')).toEqual([{ kind: 'sections', count: 2 }]);
});

test('changes, turns and parts are found', () => {
  expect(facts('a [fox:boat:0.5]')).toEqual([{ kind: 'changes', afterSteps: [10] }]);
  expect(facts('a [fox|boat]')).toEqual([{ kind: 'turns', texts: 2 }]);
  expect(facts('a fox AND a boat :0.7')).toEqual([{ kind: 'parts', weights: [1, 0.7] }]);
});

test('a change beside a choice is found', () => {
  expect(facts('a {red|blue} [fox:boat:5]')).toEqual([
    { kind: 'choice' },
    { kind: 'changes', afterSteps: [5] },
  ]);
});

test('choices are found, and lists that are not there', () => {
  expect(facts('a {red|blue} fox, __colour__ __hair__')).toEqual([
    { kind: 'choice' },
    { kind: 'list', name: 'colour', lines: 2 },
    { kind: 'unknown-list', name: 'hair' },
  ]);
});

test.each([
  ['(a BREAK b:1.2)', { kind: 'break-in-brackets' }],
  ['a (fox', { kind: 'open-bracket' }],
  ['a fox <hypernet:own:1>', { kind: 'other-network', tag: '<hypernet:own:1>' }],
  ['a fox <lora:own:strong>', { kind: 'unreadable-tag', tag: '<lora:own:strong>' }],
  ['a {stormy} sea', { kind: 'foreign', said: '{stormy}' }],
  ['a 1.3::stormy:: sea', { kind: 'foreign', said: '1.3::stormy::' }],
  ['a fox++, snow', { kind: 'foreign', said: 'fox++' }],
  ['a fox, embedding:Own', { kind: 'foreign', said: 'embedding:Own' }],
  ['at 9:45', { kind: 'end-number', said: ':45' }],
])('%s holds a doubt', (prompt, doubt) => {
  expect(facts(prompt).filter(isDoubt)).toEqual([doubt]);
});

test('nothing is found where nothing is written, and no prompt throws', () => {
  expect(facts('a red fox in the snow, by night')).toEqual([]);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const prompt = brokenPrompt(seed);
      if (!mayHaveFacts(prompt)) expect(facts(prompt)).toEqual([]);
      else facts(prompt);
    }),
    { numRuns: 2000 },
  );
});
