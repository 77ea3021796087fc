import { isolate } from './isolate.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const api = (f: Format): Words['api'] => ({
  title: 'عمل للبرامج النصية',
  cancel: (label) => `إلغاء «${isolate(label)}»`,
  kinds: { image: 'صورة لبرنامج نصي', video: 'فيلم لبرنامج نصي' },
  stopping: (what) => `${what}: جارٍ الإيقاف`,
  waiting: (what) => `${what}: في الانتظار`,
  gettingReady: (what) => `${what}: جارٍ التحضير`,
  step: (what, step, steps) => `${what}: الخطوة ${f.of(step, steps)}`,
  stepLeft: (what, step, steps, leftSec) =>
    `${what}: الخطوة ${f.of(step, steps)}، بقي ${f.wholeSeconds(leftSec)}`,
  askTitle: 'هل تسمح لهذا الموقع بصنع الصور هنا؟',
  ask: (origin) =>
    `يعرض ${origin} تطبيق Zoetrope داخل إطار، ويطلب أن يصنع به صورًا وأفلامًا على هذا الجهاز. سيرى ما يطلبه هو، ولا شيء آخر مما يخصك. يسري الإذن إلى أن تُغلق الصفحة.`,
  refuse: 'عدم السماح',
  allow: 'السماح',
});
