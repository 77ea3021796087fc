import { isolate } from './isolate.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns, six } from './nouns.ts';
import { errors } from './errors.ts';
import { descriptions } from './descriptions.ts';

export const models = (f: Format): Words['models'] => ({
  title: 'النماذج',
  opening: 'جارٍ الفتح …',
  inUse: 'قيد الاستخدام',
  recommended: 'موصى به',
  use: 'استخدام',
  memoryOnly: 'في الذاكرة فقط، إلى أن تُغلق هذه الصفحة.',
  fetchingPercent: (fraction) => `جُلب ${f.percent(fraction)}`,
  filled: (where, paths) => `ليست في ${isolate(where)}، وأُخذت كالمعتاد في هذه العائلة: ${isolate(paths)}.`,
  another: 'نموذج آخر',
  anotherHint: `نماذج Stable Diffusion 1 و2 وTurbo وLCM: مستودع من Hugging Face Hub، أو عنوان ملف نموذج، أو ملف (${isolate('.safetensors')} أو ${isolate('.ckpt')}) أو مجلد من هذا الجهاز.`,
  repository: 'المستودع أو عنوانه',
  repositoryHint: 'owner/name',
  look: 'بحث',
  mirror: 'استخدام مرآة للمستودع',
  hubAddress: 'عنوان المستودع',
  hubAddressWrong: 'عنوان مثل https://huggingface.co',
  hubNow: (url) => `تأتي كل النماذج الآن من ${isolate(url)}.`,
  fromFile: 'من ملف',
  file: 'ملف نموذج',
  fromFolder: 'من مجلد',
  folder: 'مجلد نموذج',
  extras: {
    title: 'ملفات LoRA والتضمينات',
    hint: `ملفات للنماذج التي تُصرَّف هنا (${isolate('.safetensors')} و${isolate('.pt')} و${isolate('.bin')}، وصور فيها تضمين). يُستدعى LoRA في الوصف بوسمه، والتضمين باسمه.`,
    add: 'إضافة ملفات',
    adding: (file) => `جارٍ إضافة ${isolate(file)} …`,
    list: 'الملفات المضافة',
    kinds: { lora: 'LoRA', embedding: 'تضمين', vae: 'VAE' },
    inAdvanced: 'يُختار في الإعدادات المتقدمة.',
    copy: (call) => `نسخ ${isolate(call)}`,
    delete: (name) => `حذف ${isolate(name)}`,
    deleted: (file) => `حُذف ${isolate(file)}.`,
    dismiss: (file) => `إغلاق الرسالة عن ${isolate(file)}`,
  },
  found: 'عُثر على',
  inList: 'هو في القائمة أعلاه.',
  otherVersionInList: 'في القائمة أعلاه إصدار آخر منه.',
  download: (size) => `تنزيل ${size}`,
  copy: (size) => `نسخ ${size}`,
  steps: (steps) => f.count(steps, nouns.steps),
  licence: (name) => `الترخيص: ${isolate(name)}`,
  version: (revision) => `الإصدار ${isolate(revision)}`,
  downloadOf: (name) => `تنزيل ${isolate(name)}`,
  paused: (bytes) => `متوقف مؤقتًا: ${bytes}`,
  pause: 'إيقاف مؤقت',
  resume: 'متابعة',
  discard: 'تجاهل',
  stop: 'إيقاف',
  leaving: 'يُحذف عند إغلاق هذه النافذة.',
  undo: 'تراجع',
  inspecting: 'جارٍ سؤال المستودع عمّا لديه …',
  pausing: (bytes) => `${bytes} · جارٍ الإيقاف المؤقت …`,
  retrying: (bytes, { code }) => `${bytes} · محاولة أخرى قريبًا: ${errors[code].title}`,
  elsewhere: 'في علامة تبويب أخرى',
  byteWork: { importing: 'نسخ', checking: 'فحص', exporting: 'تصدير' },
  byteWorkOf: (work, name) => `${work} ${isolate(name)}`,
  byteWorkDone: (work, bytes) => `${work}: ${bytes}`,
  perSecond: (size) => `${size}/ث`,
  fit: {
    storage: (needBytes, freeBytes) =>
      `يحتاج إلى ${f.bytes(needBytes)} من مساحة التخزين؛ ويسمح المتصفح بـ ${f.bytes(freeBytes)} أخرى.`,
    memory: (needBytes, haveBytes) =>
      `يحتاج إلى نحو ${f.bytes(needBytes)} من الذاكرة؛ والمتوفر ${f.bytes(haveBytes)}.`,
    noGpu: (pictureSec) =>
      `بلا معالج رسوميات صالح يرسم المعالج المركزي: نحو ${f.seconds(pictureSec)} للصورة.`,
    noHalfPrecision: 'ينقص معالج الرسوميات هذا الدقة النصفية، لذا يرسم بالدقة المفردة: أبطأ قليلًا.',
    gpuBuffer: (needBytes, limitBytes) =>
      `قد تحتاج الصور بالحجم الكامل إلى مخزن مؤقت قدره ${f.bytes(needBytes)} في معالج الرسوميات، وهذا يسمح بـ ${f.bytes(limitBytes)}. الصور الأصغر تعمل.`,
  },
  damaged: (files) => `ملفات تالفة لا يمكن جلبها ثانية: ${isolate(files)}. احذف النموذج واجلبه من جديد.`,
  whole: 'فُحص: كل بايت كما كان.',
  repaired: (parts) =>
    `فُحص: ${f.count(parts, six('لم يُجلب شيء من جديد.', 'جُلب جزء تالف واحد من جديد.', 'جُلب جزآن تالفان من جديد.', 'جُلبت # أجزاء تالفة من جديد.', 'جُلب # جزءًا تالفًا من جديد.', 'جُلب # جزء تالف من جديد.'))}`,
  runFromMemory: 'التشغيل من الذاكرة',
  storage: 'التخزين',
  used: (usedBytes, freeBytes) => `${f.bytes(usedBytes)} مستخدمة، و${f.bytes(freeBytes)} متاحة لهذا الموقع.`,
  usedAndKept: (usedBytes, freeBytes) =>
    `${f.bytes(usedBytes)} مستخدمة، و${f.bytes(freeBytes)} متاحة لهذا الموقع؛ والمتصفح يحتفظ بها.`,
  usedAndMayGo: (usedBytes, freeBytes) =>
    `${f.bytes(usedBytes)} مستخدمة، و${f.bytes(freeBytes)} متاحة لهذا الموقع؛ وقد يمسحها المتصفح حين يمتلئ القرص.`,
  check: 'فحص',
  export: 'تصدير',
  neverUsed: 'لم يُستخدم بعد',
  lastUsed: (ms) => `آخر استخدام: ${f.day(ms)}`,
  descriptions,
});
