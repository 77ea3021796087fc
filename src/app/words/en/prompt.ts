import type { PromptFact } from '../../../domain/diffusion/prompt/prompt-facts.ts';
import type { Format } from '../format.ts';

export const prompt = (f: Format) => ({
  facts: 'What is understood of the prompt',
  moreFacts: (count: number) => `${f.number(count)} more`,
  lists: 'Prompts and lists',
  lines: 'Lines',
  linesHint:
    'Each line becomes a picture with the settings of the page, or what it says itself: --prompt "a fox" --steps 20 --seed 7.',
  openFile: 'Open a text file',
  file: 'Text file',
  queueLines: (count: number) =>
    `Add ${f.count(count, { one: '# picture', other: '# pictures' })} to the queue`,
  ownLists: 'Lists for prompts',
  ownListsHint: 'A prompt that says __name__ gets a line of the list of that name, another for each picture.',
  listName: 'Name of the list',
  keepList: 'Keep the lines as a list',
  listLines: (count: number) => f.count(count, { one: '# line', other: '# lines' }),
  insertList: (name: string) => `Put __${name}__ into the prompt`,
  editList: (name: string) => `Edit ${name}`,
  deleteList: (name: string) => `Delete ${name}`,
  fact: (fact: PromptFact): string => {
    switch (fact.kind) {
      case 'lora':
        return `LoRA ${fact.name} × ${f.weight(fact.unetWeight)}`;
      case 'weight':
        return `${fact.words} × ${f.weight(fact.weight)}`;
      case 'changes':
        return `Changes after ${fact.afterSteps.length === 1 ? 'step' : 'steps'} ${f.list(fact.afterSteps.map((step) => f.number(step)))}`;
      case 'turns':
        return `${f.number(fact.texts)} texts take turns, step by step`;
      case 'parts':
        return `${f.number(fact.weights.length)} prompts at once: × ${f.list(fact.weights.map((weight) => f.weight(weight)))}`;
      case 'sections':
        return `${f.number(fact.count)} sections (BREAK)`;
      case 'choice':
        return 'One of {…|…} is drawn for each picture';
      case 'list':
        return `__${fact.name}__: one of ${f.count(fact.lines, { one: '# line', other: '# lines' })}`;
      case 'unknown-list':
        return `There is no list “${fact.name}”: the name is drawn as it stands`;
      case 'unreadable-tag':
        return `${fact.tag} cannot be read and is left out`;
      case 'other-network':
        return `${fact.tag} is not applied`;
      case 'break-in-brackets':
        return 'BREAK in brackets is a word, as in A1111: put it outside';
      case 'open-bracket':
        return 'A bracket is not closed: it holds to the end';
      case 'foreign':
        return `“${fact.said}” means something in other programs; here it is text`;
      case 'end-number':
        return `“${fact.said}” at the end is text here; A1111 takes it for a weight`;
    }
  },
});
