import { isolate } from './isolate.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns, six } from './nouns.ts';

export const shell = (f: Format): Words['shell'] => ({
  skip: 'الانتقال إلى المحتوى',
  settings: 'الإعدادات',
  screens: 'الأقسام',
  screen: { picture: 'الصورة', film: 'الفيلم', gallery: 'المعرض' },
  message: 'رسالة',
  messages: 'الرسائل',
  dropTitle: 'أفلت صورة أو فيلمًا هنا',
  dropHint:
    'الصورة التي تقول كيف صُنعت تستعيد إعداداتها أيًّا كانت أداتها، وكذلك الفيلم المصنوع هنا. وأي صورة أخرى تصبح منطلق الصورة التالية.',
  textOf: (from) => `ما تقوله ${isolate(from)}`,
  pastedPicture: 'صورة ملصقة',
  updateReady: 'إصدار جديد من Zoetrope جاهز. ما تعمل عليه محفوظ.',
  updateWaits: 'يبدأ الإصدار الجديد فور انتهاء العمل الجاري.',
  reload: 'إعادة التحميل',
  saferMode: 'خرجت الصورة فارغة في البداية، فأُعيد صنعها بطريقة أبطأ وأكثر أمانًا.',
  singlePrecision: 'تعذّر ذلك على معالج الرسوميات بنصف الدقة؛ يستمر العمل بالدقة المفردة، أبطأ قليلًا.',
  fallback: (from, to) => `لم يستطع ${from} ذلك؛ ويتابع العمل ${to}.`,
  loraInPart: (name: string, applied: number, left: number) =>
    `ملف LoRA ‏${isolate(name)} مخصص لنموذج أكبر: تُستخدم ${f.number(applied)} من طبقاته، و${f.number(left)} غير موجودة هنا.`,
  allLayers: (clipSkip: number) =>
    `لا يُطبَّق Clip skip ${f.number(clipSkip)}: النموذج المستخدم مؤلَّف من رسوم بيانية جاهزة تستعمل كل طبقات مُرمِّز النص.`,
  backendNames: { webgpu: 'معالج الرسوميات', wasm: 'المعالج المركزي' },
  brokenTitle: 'تعذّر رسم الصفحة',
  brokenAdvice: 'أعد تحميلها: وصفك وإعداداتك محفوظة. إن لم يُفِد ذلك فأعد ضبط الإعدادات.',
  resetAndReload: 'إعادة ضبط الإعدادات ثم التحميل',
  languageNow: 'الصفحة الآن بالعربية.',
  begun: (pictures) =>
    f.count(
      pictures,
      six(
        'لا شيء للرسم.',
        'جارٍ رسم الصورة.',
        'جارٍ رسم صورتين.',
        'جارٍ رسم # صور.',
        'جارٍ رسم # صورة.',
        'جارٍ رسم # صورة.',
      ),
    ),
  percentDone: (percent) => `${f.number(percent)} بالمئة.`,
  ready: (pictures, seconds) =>
    `اكتمل العمل (${f.count(pictures, nouns.pictures)}) بعد ${f.seconds(seconds)}.`,
  cancelled: 'أُلغي.',
});
