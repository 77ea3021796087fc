/** Counted things, in the six forms that Arabic has; `#` stands for the number, which one and two do not need. */
export type SixForms = Readonly<Record<Intl.LDMLPluralRule, string>>;

/** From the words: none, one, two, 3 to 10, 11 to 99, and hundreds. */
export const six = (
  zero: string,
  one: string,
  two: string,
  few: string,
  many: string,
  other: string,
): SixForms => ({ zero, one, two, few, many, other });

export const nouns = {
  pictures: six('لا صور', 'صورة واحدة', 'صورتان', '# صور', '# صورة', '# صورة'),
  films: six('لا أفلام', 'فيلم واحد', 'فيلمان', '# أفلام', '# فيلمًا', '# فيلم'),
  scenes: six('لا مشاهد', 'مشهد واحد', 'مشهدان', '# مشاهد', '# مشهدًا', '# مشهد'),
  frames: six('لا إطارات', 'إطار واحد', 'إطاران', '# إطارات', '# إطارًا', '# إطار'),
  steps: six('لا خطوات', 'خطوة واحدة', 'خطوتان', '# خطوات', '# خطوة', '# خطوة'),
  jobs: six('لا مهام', 'مهمة واحدة', 'مهمتان', '# مهام', '# مهمة', '# مهمة'),
  works: six('لا أعمال', 'عمل واحد', 'عملان', '# أعمال', '# عملًا', '# عمل'),
  models: six('لا نماذج', 'نموذج واحد', 'نموذجان', '# نماذج', '# نموذجًا', '# نموذج'),
  tokens: six('لا رموز', 'رمز واحد', 'رمزان', '# رموز', '# رمزًا', '# رمز'),
  files: six('لا ملفات', 'ملف واحد', 'ملفان', '# ملفات', '# ملفًا', '# ملف'),
  characters: six('لا أحرف', 'حرف واحد', 'حرفان', '# أحرف', '# حرفًا', '# حرف'),
  seconds: six('صفر ثانية', 'ثانية واحدة', 'ثانيتان', '# ثوانٍ', '# ثانية', '# ثانية'),
  cores: six('لا أنوية', 'نواة واحدة', 'نواتان', '# أنوية', '# نواة', '# نواة'),
  threads: six('لا خيوط', 'خيط واحد', 'خيطان', '# خيوط', '# خيطًا', '# خيط'),
  parts: six('لا أجزاء', 'جزء واحد', 'جزآن', '# أجزاء', '# جزءًا', '# جزء'),
} as const;
