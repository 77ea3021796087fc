import { isolate } from './isolate.ts';
import type { Words } from '../words.ts';

export const about: Words['settings']['about'] = {
  title: 'حول Zoetrope',
  what: (version) =>
    `يصنع Zoetrope ${version} صورًا من الكلمات بواسطة Stable Diffusion، داخل هذا المتصفح بالكامل. ما تكتبه وما تصنعه يبقى على هذا الجهاز.`,
  credits: 'الشكر والتراخيص',
  notices: 'جميع تراخيص هذه النسخة',
  credit: (name, by, licence, part) => `${name} من ${by}، ${licence}: ${part}`,
  theirContributors: 'المساهمين فيهما',
  gplOrLater: (source) => `GPL 2.0 أو أحدث؛ المصدر في ${isolate(source)}`,
  parts: {
    art: 'رسوم تعلّم منها النموذج المدمج',
    models: 'تشغيل النماذج',
    tokenizer: 'تقطيع النص',
    page: 'الصفحة',
    controls: 'عناصر التحكم',
    state: 'الحالة',
    icons: 'الأيقونات',
    fileChecks: 'فحص الملفات',
    filmFiles: 'ملفات الأفلام',
    zip: 'ملفات zip',
    storage: 'التخزين',
    downloadChecks: 'فحص التنزيلات',
    modelFiles: 'قوائم ملفات النماذج',
    apiDocs: 'توثيق الواجهة البرمجية',
    secondEncoder: 'المُرمِّز الثاني للأفلام وGIF والموسيقى',
  },
};
