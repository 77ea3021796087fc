import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const prompt = (f: Format): Words['prompt'] => ({
  facts: 'Was vom Prompt verstanden wird',
  moreFacts: (count) => `${f.number(count)} weitere`,
  lists: 'Prompts und Listen',
  lines: 'Zeilen',
  linesHint:
    'Jede Zeile wird ein Bild mit den Einstellungen der Seite oder dem, was sie selbst sagt: --prompt "a fox" --steps 20 --seed 7.',
  openFile: 'Textdatei öffnen',
  file: 'Textdatei',
  queueLines: (count) => `${f.count(count, { one: '# Bild', other: '# Bilder' })} einreihen`,
  ownLists: 'Listen für Prompts',
  ownListsHint:
    'Ein Prompt mit __Name__ bekommt eine Zeile der Liste dieses Namens, für jedes Bild eine andere.',
  listName: 'Name der Liste',
  keepList: 'Zeilen als Liste behalten',
  listLines: (count) => f.count(count, { one: '# Zeile', other: '# Zeilen' }),
  insertList: (name) => `__${name}__ in den Prompt setzen`,
  editList: (name) => `${name} bearbeiten`,
  deleteList: (name) => `${name} löschen`,
  fact: (fact) => {
    switch (fact.kind) {
      case 'lora':
        return `LoRA ${fact.name} × ${f.weight(fact.unetWeight)}`;
      case 'weight':
        return `${fact.words} × ${f.weight(fact.weight)}`;
      case 'changes':
        return `Ändert sich nach Schritt ${f.list(fact.afterSteps.map((step) => f.number(step)))}`;
      case 'turns':
        return `${f.number(fact.texts)} Texte wechseln sich ab, Schritt für Schritt`;
      case 'parts':
        return `${f.number(fact.weights.length)} Prompts zugleich: × ${f.list(fact.weights.map((weight) => f.weight(weight)))}`;
      case 'sections':
        return `${f.number(fact.count)} Abschnitte (BREAK)`;
      case 'choice':
        return 'Eines von {…|…} wird für jedes Bild gezogen';
      case 'list':
        return `__${fact.name}__: eine von ${f.count(fact.lines, { one: '# Zeile', other: '# Zeilen' })}`;
      case 'unknown-list':
        return `Eine Liste „${fact.name}“ gibt es nicht: Der Name wird gezeichnet, wie er dasteht`;
      case 'unreadable-tag':
        return `${fact.tag} ist nicht lesbar und wird ausgelassen`;
      case 'other-network':
        return `${fact.tag} wird nicht angewandt`;
      case 'break-in-brackets':
        return 'BREAK in Klammern ist ein Wort, wie in A1111: Setze es davor oder dahinter';
      case 'open-bracket':
        return 'Eine Klammer bleibt offen: Sie gilt bis zum Ende';
      case 'foreign':
        return `„${fact.said}“ bedeutet in anderen Programmen etwas; hier ist es Text`;
      case 'end-number':
        return `„${fact.said}“ am Ende ist hier Text; A1111 nimmt es als Gewicht`;
    }
  },
});
