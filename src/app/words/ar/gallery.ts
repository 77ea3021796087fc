import { isolate } from './isolate.ts';
import type { WorkFacts } from '../facts.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns } from './nouns.ts';

export const gallery = (f: Format): Words['gallery'] => ({
  title: 'المعرض',
  none: 'لا يوجد معرض هنا',
  noneHint: 'لا تحتفظ هذه الصفحة بأعمالها.',
  empty: 'لا شيء هنا بعد',
  emptyHint: 'كل صورة وكل فيلم تصنعه يُحفظ هنا تلقائيًا، في هذا المتصفح وليس في أي مكان آخر.',
  notFound: 'لا عمل مطابق',
  notFoundHint: 'جرّب كلمات أخرى، أو اعرض الكل.',
  works: 'الأعمال',
  search: 'البحث في الأوصاف',
  show: 'عرض',
  filters: { all: 'الكل', pictures: 'الصور', films: 'الأفلام', favourites: 'المفضلة' },
  select: 'تحديد',
  exportAll: 'تصدير الكل',
  import: 'استيراد',
  file: 'ملف معرض',
  chosenWorks: 'الأعمال المحددة',
  chosen: (many) => `المحدد: ${f.number(many)}`,
  all: 'الكل',
  noneChosen: 'لا شيء',
  favourite: 'المفضلة',
  notFavourite: 'إزالة من المفضلة',
  compare: 'مقارنة',
  makeFilm: 'صنع فيلم',
  export: 'تصدير',
  done: 'تم',
  amount: (works, bytes) => `${f.count(works, nouns.works)}، ${f.bytes(bytes)}`,
  amountOf: (visible, works, bytes) =>
    `${f.number(visible)} من ${f.count(works, nouns.works)}، ${f.bytes(bytes)}`,
  free: (bytes) => `المتاح: ${f.bytes(bytes)}`,
  short: 'مساحة التخزين توشك على النفاد. صدِّر أعمالًا واحذف بعضها، أو أزل نماذج، قبل أن تمتلئ.',
  transfers: { export: 'تصدير', import: 'استيراد' },
  transferBegun: (verb) => `${verb} …`,
  transfer: (verb, done, total) => `${verb}: ${f.of(done, total)}`,
  useSettings: 'استخدام هذه الإعدادات',
  previous: 'السابق',
  next: 'التالي',
  madeOn: (machine) => `صُنعت على ${isolate(machine)}`,
  scenesMadeOn: (machine, scenes) =>
    `${scenes.length === 1 ? 'المشهد' : 'المشاهد'} ${f.list(scenes.map((each) => f.number(each)))} على ${isolate(machine)}`,
  viaApi: 'عبر الواجهة البرمجية',
  seed: (seed) => `البذرة ${f.plain(seed)}`,
  steps: (steps) => f.count(steps, nouns.steps),
  kinds: { image: 'صورة', film: 'فيلم' },
  label: (work: WorkFacts) =>
    [
      `${work.kind === 'image' ? 'صورة' : 'فيلم'}${work.durationSec === undefined ? '' : `، ${f.seconds(work.durationSec)}`}: ${isolate(work.text || 'بلا وصف')}`,
      ...(work.viaApi ? ['عبر الواجهة البرمجية'] : []),
      ...(work.favourite ? ['في المفضلة'] : []),
      f.date(work.createdAtMs),
    ].join('، '),
  different: 'ما يختلف',
  sameSettings: 'صُنعت كلتاهما بالإعدادات نفسها.',
  notBothTell: 'إحداهما على الأقل لا تخبر كيف صُنعت.',
  facts: {
    prompt: 'الوصف',
    model: 'النموذج',
    revision: 'إصدار النموذج',
    source: 'بدأت من صورة',
    noSource: 'لا',
    sourceStrength: (strength) => `نعم، القوة ${f.number(strength)}`,
  },
});
