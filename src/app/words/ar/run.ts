import type { Format } from '../format.ts';
import type { Words } from '../words.ts';

export const run = (f: Format): Words['run'] => ({
  progress: 'التقدم',
  watch: 'مشاهدة',
  waiting: 'جارٍ التحضير',
  fetching: (bytes) => `جارٍ جلب النموذج · ${bytes}`,
  starting: (part, done, total) => `جارٍ تشغيل النموذج · ${part}، الأجزاء الجاهزة: ${f.of(done, total)}`,
  adapting: (part, done, total) =>
    `جارٍ تهيئة النموذج لهذه الإعدادات · ${part}، الأجزاء الجاهزة: ${f.of(done, total)}`,
  parts: { text_encoder: 'القراءة', unet: 'الرسم', vae_decoder: 'التظهير', vae_encoder: 'المعاينة' },
  reading: 'جارٍ قراءة الوصف',
  step: (step, steps) => `الخطوة ${f.of(step, steps)}`,
  finishing: 'اللمسات الأخيرة',
  finishingParts: (done, total) => `اللمسات الأخيرة، الجزء ${f.of(done, total)}`,
  ofPictures: (phase, index, count) => `${phase} · الصورة ${f.of(index, count)}`,
  queued: 'تنتظر دورها هناك',
  queuedNext: 'هي التالية هناك',
  queuedBehind: (others) =>
    f.count(others, {
      zero: 'لا شيء قبلها هناك',
      one: 'صورة واحدة قبلها هناك',
      two: 'صورتان قبلها هناك',
      few: '# صور قبلها هناك',
      many: '# صورة قبلها هناك',
      other: '# صورة قبلها هناك',
    }),
  sending: 'يُرسَل ما يجب رسمه',
  onMachines: (many) => `على عدد من الأجهزة: ${f.number(many)}`,
  drawingElsewhere: 'تُرسم هناك',
  receiving: 'تُجلب الصورة',
  awaitsTurn: 'تنتظر دورها',
  ofScene: (scene, phase) => `المشهد ${f.number(scene)} · ${phase}`,
  ofMorph: (scene, phase) => `التحوّل بعد المشهد ${f.number(scene)} · ${phase}`,
  picturesFirst: 'جارٍ صنع الصور أولًا',
  startingEncoder: 'جارٍ تشغيل المُرمِّز',
  frame: (done, total) => `الإطار ${f.of(done, total)}`,
  puttingTogether: 'جارٍ تجميع الملف',
});
