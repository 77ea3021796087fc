import { isolate } from './isolate.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns } from './nouns.ts';

export const pictureProblems = (f: Format): Words['pictureProblems'] => ({
  empty: () => 'اكتب ما تريد أن تراه.',
  tooLong: (max, length) =>
    `الحد الأقصى ${f.count(max, nouns.characters)}، وهنا ${f.number(length)}. لم يُقتطع شيء.`,
  notWhole: () => 'أدخل عددًا صحيحًا.',
  outside: (min, max) => `أدخل عددًا من ${f.plain(min)} إلى ${f.plain(max)}.`,
  notMultiple: (multiple) => `يجب أن تكون الأضلاع من مضاعفات ${f.plain(multiple)}.`,
  sidesOutside: (min, max, multiple) =>
    `يجب أن تكون الأضلاع من ${f.plain(min)} إلى ${f.plain(max)} بكسل، من مضاعفات ${f.plain(multiple)}.`,
  sourceTooLarge: (name, width, height, max) =>
    `«${isolate(name)}» مقاسها ${f.size(width, height)} بكسل، أي ${f.number(Math.round((width * height) / 1e6))} ميغابكسل. أقصى ما يُفتح هنا ${f.number(max / 1e6)}: صغّرها أولًا.`,
  sourceUnreadable: (name) => `«${isolate(name)}» ليس صورة يمكن قراءتها. جرّب ملف PNG أو JPEG أو WebP.`,
});
