import { isolate } from './isolate.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns, six } from './nouns.ts';

const lines = six('لا أسطر', 'سطر واحد', 'سطران', '# أسطر', '# سطرًا', '# سطر');

export const prompt = (f: Format): Words['prompt'] => ({
  facts: 'ما فُهم من الوصف',
  moreFacts: (count) => `${f.number(count)} غيرها`,
  lists: 'الأوصاف والقوائم',
  lines: 'الأسطر',
  linesHint: `يصبح كل سطر صورة بإعدادات الصفحة، أو بما يقوله السطر نفسه: ${isolate('--prompt "a fox" --steps 20 --seed 7')}.`,
  openFile: 'فتح ملف نصي',
  file: 'ملف نصي',
  queueLines: (count) =>
    count === 0 ? 'إضافة إلى القائمة' : `إضافة ${f.count(count, nouns.pictures)} إلى القائمة`,
  ownLists: 'قوائم للأوصاف',
  ownListsHint: 'الوصف الذي فيه __name__ يأخذ سطرًا من القائمة بهذا الاسم، وسطرًا آخر لكل صورة.',
  listName: 'اسم القائمة',
  keepList: 'حفظ الأسطر قائمةً',
  listLines: (count) => f.count(count, lines),
  insertList: (name) => `وضع ${isolate(`__${name}__`)} في الوصف`,
  editList: (name) => `تعديل ${isolate(name)}`,
  deleteList: (name) => `حذف ${isolate(name)}`,
  fact: (fact) => {
    switch (fact.kind) {
      case 'lora':
        return `LoRA ${isolate(fact.name)} × ${f.weight(fact.unetWeight)}`;
      case 'weight':
        return `${isolate(fact.words)} × ${f.weight(fact.weight)}`;
      case 'changes':
        return `يتغير بعد الخطوة ${f.list(fact.afterSteps.map((step) => f.number(step)))}`;
      case 'turns':
        return `تتناوب النصوص خطوة بخطوة، وعددها ${f.number(fact.texts)}`;
      case 'parts':
        return `أوصاف معًا، عددها ${f.number(fact.weights.length)}: × ${f.list(fact.weights.map((weight) => f.weight(weight)))}`;
      case 'sections':
        return `أقسام (BREAK): ${f.number(fact.count)}`;
      case 'choice':
        return 'يُسحب واحد من {…|…} لكل صورة';
      case 'list':
        return `${isolate(`__${fact.name}__`)}: واحد من ${f.count(fact.lines, lines)}`;
      case 'unknown-list':
        return `لا توجد قائمة «${isolate(fact.name)}»: يُرسم الاسم كما هو`;
      case 'unreadable-tag':
        return `تعذّرت قراءة ${isolate(fact.tag)} فتُرك`;
      case 'other-network':
        return `لا يُطبَّق ${isolate(fact.tag)}`;
      case 'break-in-brackets':
        return 'BREAK بين قوسين كلمة، كما في A1111: ضعها خارجهما';
      case 'open-bracket':
        return 'قوس لم يُغلق: يسري حتى النهاية';
      case 'foreign':
        return `«${isolate(fact.said)}» له معنى في برامج أخرى، وهو هنا نص`;
      case 'end-number':
        return `«${isolate(fact.said)}» في النهاية نص هنا، أما A1111 فيعدّه وزنًا`;
    }
  },
});
