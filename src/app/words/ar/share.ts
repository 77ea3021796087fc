import { isolate } from './isolate.ts';
import type { Words } from '../words.ts';

export const share: Words['share'] = {
  title: 'مشاركة',
  inside: 'ما بداخله',
  origin: 'المصدر',
  originNote: `إشارة إلى أن آلة صنعتها (${isolate('IPTC: trainedAlgorithmicMedia')}).`,
  recipe: 'الوصفة',
  filmRecipe: 'لوحة القصة: أوصاف كل المشاهد وإعداداتها، في حقل التعليق.',
  sendRecipe: 'إرسال الوصفة معها',
  sendRecipeHint: 'بها يستطيع الآخرون صنع الصورة نفسها وتغييرها.',
  format: 'الصيغة',
  quality: 'الجودة',
  fileSize: 'حجم الملف',
  nothing: 'لا شيء سوى الفيلم.',
  ways: 'طرق المشاركة',
  shareWith: 'مشاركة …',
  copyImage: 'نسخ الصورة',
  copyLink: 'نسخ الرابط',
  linkHint: 'يحمل الرابط الوصف والإعدادات، لا الصورة. من يفتحه يستطيع صنع الصورة نفسها على جهازه.',
  linkHintWithSource:
    'يحمل الرابط الوصف والإعدادات، لا الصورة. من يفتحه يستطيع صنع الصورة نفسها على جهازه، ما عدا الصورة التي بدأت منها.',
  zipFile: 'ملف zip',
};
