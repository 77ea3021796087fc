import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns, six } from './nouns.ts';

export const queue = (f: Format): Words['queue'] => ({
  title: 'قائمة الانتظار',
  waitingInQueue: (many) => `في قائمة الانتظار: ${f.count(many, nouns.jobs)}.`,
  left: (many, kinds) => `بقيت من قبل ${f.count(many, nouns.jobs)}: ${kinds}. أتريد المتابعة؟`,
  leftOne: (kinds, name) => `بقيت من قبل مهمة واحدة: ${kinds}، ${name}. أتريد المتابعة؟`,
  goOn: 'متابعة',
  discard: 'تجاهل',
  cancelAll: 'إلغاء الكل',
  allJobs: 'كل المهام',
  allDone: 'اكتمل كل شيء',
  making: 'قيد الصنع',
  makingAndWaiting: (waiting) => `قيد الصنع، وفي الانتظار ${f.count(waiting, nouns.jobs)}`,
  waitingOnly: (waiting) => `في الانتظار: ${f.count(waiting, nouns.jobs)}`,
  move: (name, place, count) => `نقل ${name}، ${f.of(place, count)}: اسحب، أو اضغط مفتاحي السهم لأعلى ولأسفل`,
  willTake: (duration) => `يستغرق نحو ${duration}`,
  progressOf: (name) => `تقدم ${name}`,
  saveOne: (name) => `حفظ ${name}`,
  tryOne: (name) => `إعادة محاولة ${name}`,
  cancelOne: (name) => `إلغاء ${name}`,
  removeOne: (name) => `إزالة ${name}`,
  madeOf: (made, pictures) => `أُنجز ${f.number(made)} من ${pictures}`,
  pictureFacts: (number, size, steps, seed) => `${number} · ${size} · ${steps} · البذرة ${f.plain(seed)}`,
  filmPictures: 'صور فيلم',
  filmAs: (format) => `فيلم بصيغة ${format}`,
  waiting: 'في الانتظار',
  ready: 'جاهز للحفظ',
  kinds: (pictures, films) =>
    f.list([
      ...(pictures > 0
        ? [f.count(pictures, six('لا صور', 'صورة', 'صورتان', '# صور', '# صورة', '# صورة'))]
        : []),
      ...(films > 0
        ? [f.count(films, six('لا أفلام', 'فيلم', 'فيلمان', '# أفلام', '# فيلمًا', '# فيلم'))]
        : []),
    ]),
});
