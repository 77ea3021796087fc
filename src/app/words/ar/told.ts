import { isolate } from './isolate.ts';
import type { MadeWith, Origin } from '../facts.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { errors } from './errors.ts';
import { recipeWords } from './recipe.ts';
import { nouns, six } from './nouns.ts';

export const told = (f: Format): Words['told'] => ({
  failed: ({ code }) => `${errors[code].title}. ${errors[code].advice}`,
  refused: ({ code }) => `${errors[code].title}. ${errors[code].advice}`,
  undo: () => 'تراجع',
  useHere: () => 'استخدامه هنا',
  install: () => 'تثبيت',
  installable: () => 'يمكن تثبيت Zoetrope: عندها يُفتح كأي تطبيق آخر، بالشبكة أو بدونها.',
  notAllDeleted: () => 'تعذّر حذف كل شيء. أغلق علامات التبويب الأخرى لهذا التطبيق ثم أعد المحاولة.',
  notPersisted: () => 'لم يوافق المتصفح. قد يفيد تثبيت التطبيق أو استخدامه أكثر.',
  oneShared: () => 'شوركت عدة صور، وأُخذت الأولى منها.',

  restored: (from, madeWith, hadSource) =>
    [
      `استُعيدت الإعدادات من ${originWords(from)}.`,
      ...(madeWith ? [madeWithWords(madeWith)] : []),
      ...(hadSource ? ['بدأت الصورة من صورة أخرى ليست مرفقة.'] : []),
    ].join(' '),
  recipe: recipeWords,
  showText: () => 'إظهار النص',
  tellsRecipe: (file) => `«${isolate(file)}» منطلق الصورة التالية. وهي تقول أيضًا كيف صُنعت.`,
  restoreIt: () => 'استعادة إعداداتها',
  unknownPicture: (file) =>
    `«${isolate(file)}» لم تصنعها أداة تعرفها هذه الصفحة. تُستخدم منطلقًا للصورة التالية.`,
  claimedPicture: (file, by) =>
    `تقول بيانات منشأ «${isolate(file)}» إنها صُنعت باستخدام ${isolate(by)}، ولا تقول كيف. تُستخدم منطلقًا للصورة التالية.`,
  unfollowedPicture: (file, by) =>
    `صُنعت «${isolate(file)}» باستخدام ${isolate(by)} بطريقة لا تستطيع هذه الصفحة تتبّعها. تُستخدم منطلقًا للصورة التالية.`,
  oneOpened: (file, others) =>
    `يُفتح ملف واحد في كل مرة، وقد فُتح «${isolate(file)}». لم يُفتح: ${others.map((name) => `«${isolate(name)}»`).join('، ')}.`,
  machineAdded: (name) => `أجاب «${isolate(name)}» وأُضيف.`,
  machineRemoved: (name) => `أُزيل «${isolate(name)}» مع مفتاحه.`,
  machinesNotKept: () => 'لم يحتفظ المتصفح بقائمة الأجهزة: تبقى حتى تُغلق هذه الصفحة.',
  listDeleted: (name) => `حُذفت القائمة «${isolate(name)}».`,
  listsNotKept: () => 'لم يحفظ المتصفح القوائم: تبقى حتى تُغلق هذه الصفحة.',
  linesLeftOut: (lines, options) =>
    [
      ...(lines.length > 0
        ? [`تُركت أسطر لا يمكن صنعها: ${f.list(lines.map((line) => f.number(line)))}.`]
        : []),
      ...(options.length > 0 ? [`غير معروفة هنا: ${options.join('، ')}.`] : []),
    ].join(' '),
  settingsRestored: () => 'استُعيدت الإعدادات.',
  useAsSource: () => 'استخدامها مصدرًا',
  pasteAsPrompt: () => 'لصقه وصفًا',
  switchTo: (model) => `التبديل إلى ${isolate(model)}`,
  getModel: () => 'جلب ذلك النموذج',
  extrasMissing: (missing) =>
    `ليست في هذا المتصفح: ${missing.map(({ kind, name }) => `${{ lora: 'LoRA', embedding: 'التضمين', vae: 'VAE' }[kind]} «${isolate(name)}»`).join('، ')}. أضف الملفات أو احذفها من الوصف.`,
  addExtras: () => 'إضافة ملفات',
  pictureDeleted: () => 'حُذفت الصورة.',
  enlarged: (name, width, height) =>
    `أصبحت أبعاد ${isolate(name)} بالبكسل ${f.size(width, height)}. وهي في المعرض.`,
  notifyAsk: () => 'سيستغرق هذا بعض الوقت. يمكن تنبيهك عند الانتهاء.',
  notifyYes: () => 'نبّهني',
  gridReady: (pictures) => `شبكة الصور جاهزة، وعدد صورها ${f.number(pictures)}.`,
  toGallery: () => 'إلى المعرض',
  pictureCopied: () => 'نُسخت الصورة.',
  settingsCopied: () => 'نُسخت الإعدادات نصًا.',
  linkCopied: () => 'نُسخ الرابط.',
  copyRefused: () => 'لم يسمح المتصفح بالنسخ.',
  notAllowed: () => 'لم يسمح المتصفح بذلك.',
  fileNotTaken: () => 'لم يقبل النظام هذا الملف.',
  fileNotTakenSaveIt: () => 'لم يقبل النظام هذا الملف. احفظه بدلًا من ذلك.',
  filmNotTaken: () => 'لم يقبل النظام الفيلم.',

  modelTakenOver: () => 'استحوذت علامة تبويب أخرى على النموذج. يُحمَّل ثانية حين تحتاج إليه هنا.',
  modelWaits: (model) => `${isolate(model)} ينتظر: في علامة تبويب أخرى نموذج كبير محمَّل.`,
  modelGone: (model, now) => `لم يعد ${isolate(model)} في هذا المتصفح؛ يرسم الآن ${isolate(now)}.`,
  modelReady: (model) => `${isolate(model)} جاهز.`,
  modelReadyOffline: (model) => `${isolate(model)} جاهز، حتى بلا شبكة.`,
  modelExported: (model, folder) => `${isolate(model)} في المجلد «${isolate(folder)}».`,
  callCopied: (call) => `نُسخ ${isolate(call)}: ألصقه في الوصف.`,
  modelNotDeleted: (model, { code }) => `ما زال ${isolate(model)} موجودًا: ${errors[code].title}.`,
  modelOfOtherTab: (model) => `ترسم علامة تبويب أخرى الآن بالنموذج ${isolate(model)}.`,
  followModel: () => 'استخدامه هنا أيضًا',

  workDeleted: (works) =>
    f.count(works, six('لم يُحذف شيء.', 'حُذف.', 'حُذف عملان.', 'حُذفت # أعمال.', 'حُذف # عملًا.', 'حُذف # عمل.')),
  worksExported: (works) =>
    f.count(
      works,
      six('لم يُصدَّر شيء.', 'صُدِّر عمل واحد.', 'صُدِّر عملان.', 'صُدِّرت # أعمال.', 'صُدِّر # عملًا.', 'صُدِّر # عمل.'),
    ),
  worksImported: (added, known, unreadable, damaged) =>
    `${[
      `أُضيف: ${f.count(added, nouns.works)}`,
      ...(known > 0 ? [`كان موجودًا: ${f.count(known, nouns.works)}`] : []),
      ...(unreadable > 0 ? [`تُرك من إصدار أحدث: ${f.count(unreadable, nouns.works)}`] : []),
      ...(damaged > 0 ? [`تالف: ${f.count(damaged, nouns.works)}`] : []),
    ].join('، ')}.`,
  workNotKept: (kind, full) =>
    kind === 'image'
      ? `هذه الصورة ليست في المعرض: ${lossReason(full)}. احفظها ملفًا، وإلا ضاعت عند إغلاق الصفحة.`
      : `هذا الفيلم ليس في المعرض: ${lossReason(full)}. احفظه ملفًا، وإلا ضاع عند إغلاق الصفحة.`,
  apiWorkNotKept: (full) => `يُصنع ما تطلبه البرامج النصية، لكنه لا يدخل المعرض: ${lossReason(full)}.`,
  storageShort: () => 'مساحة التخزين توشك على النفاد. صدِّر أعمالًا من المعرض أو احذف بعضها قبل أن تمتلئ.',

  jobCancelled: () => 'أُلغيت.',
  jobRemoved: () => 'أُزيلت من القائمة.',
  jobsCancelled: (jobs) =>
    f.count(
      jobs,
      six(
        'لم تُلغَ أي مهمة.',
        'أُلغيت مهمة واحدة.',
        'أُلغيت مهمتان.',
        'أُلغيت # مهام.',
        'أُلغيت # مهمة.',
        'أُلغيت # مهمة.',
      ),
    ),
  jobsDiscarded: (jobs) =>
    f.count(
      jobs,
      six('لم تُترك أي مهمة.', 'تُركت المهمة.', 'تُركت مهمتان.', 'تُركت # مهام.', 'تُركت # مهمة.', 'تُركت # مهمة.'),
    ),
  jobsGoElsewhere: () => 'تتابعها علامة تبويب أخرى.',
  queueNotKept: () => 'تعذّر حفظ قائمة الانتظار: تبقى إلى أن تُغلق هذه الصفحة.',

  sceneAdded: (scene) => `أُضيف المشهد ${f.number(scene)}.`,
  sceneDuplicated: (scene) => `كُرِّر المشهد ${f.number(scene)}.`,
  musicRemoved: (name) => `أُزيلت «${name}».`,
  musicMoved: (name, place, pieces) => `«${name}» هي الآن المقطوعة ${f.of(place, pieces)}.`,
  sceneDeleted: (scene) => `حُذف المشهد ${f.number(scene)}.`,
  sceneMoved: (from, to, scenes) => `المشهد ${f.number(from)} هو الآن المشهد ${f.of(to, scenes)}.`,
  scenesAdded: (scenes) => `أُضيف: ${f.count(scenes, nouns.scenes)}.`,
  filmOpened: (title) => `فُتح ${named(title)}.`,
  filmDeleted: (title) => `حُذف ${named(title)}.`,
  filmNew: () => 'فيلم جديد.',
  filmOfPictures: (pictures) => `فيلم جديد: ${f.count(pictures, nouns.pictures)}.`,
  filmRestored: (file, hasPictures) =>
    `استُعيدت لوحة القصة من «${isolate(file)}».${hasPictures ? '' : ' يصنع «إنشاء» صورها من جديد.'}`,
  filmPicturesReady: (title) => `صور ${named(title)} جاهزة.`,
  filmReady: (title) => `${named(title)} جاهز، وهو في المعرض.`,
});

const named = (title: string) => `«${isolate(title || 'فيلم بلا عنوان')}»`;

function originWords(from: Origin): string {
  if (typeof from === 'object') return `«${isolate(from.file)}»`;
  return { link: 'الرابط', gallery: 'المعرض', text: 'النص' }[from];
}

function madeWithWords(made: MadeWith): string {
  return 'other' in made
    ? `صُنعت بالنموذج ${isolate(made.other)}؛ وسيرسمها ${isolate(made.inUse)} على نحو مختلف.`
    : `صُنعت بالإصدار ${isolate(made.version)} من ${isolate(made.inUse)}؛ وقد يرسمها الإصدار المستخدم على نحو مختلف.`;
}

const lossReason = (full: boolean) => (full ? 'مساحة التخزين ممتلئة' : 'لم يحفظها المتصفح');
