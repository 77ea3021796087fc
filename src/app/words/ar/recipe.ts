import { isolate } from './isolate.ts';
import type { ToldField } from '../../../domain/recipe/told.ts';
import type { RecipeFact } from '../recipe-facts.ts';

const fields: Readonly<Record<ToldField, string>> = {
  prompt: 'الوصف',
  negativePrompt: 'الوصف السلبي',
  steps: 'الخطوات',
  guidanceScale: 'التوجيه',
  seed: 'البذرة',
  width: 'الأبعاد',
  height: 'الارتفاع',
  sampler: 'طريقة أخذ العيّنات',
  schedule: 'جدول الضجيج',
  noise: 'الضجيج',
  variation: 'التنويع',
  speed: 'السرعة',
  vae: 'VAE',
  hires: 'Hires. fix',
  clipSkip: 'Clip skip',
};

const list = (names: readonly string[]) => names.join('، ');

export function recipeWords(fact: RecipeFact): string {
  switch (fact.kind) {
    case 'tool':
      return `صُنعت باستخدام ${isolate(fact.tool)}.`;
    case 'read':
      return `قُرئ: ${list(fact.fields.map((field) => fields[field]))}. وما سوى ذلك على قيمته الافتراضية.`;
    case 'schedule-used':
      return `جدول الضجيج: ${isolate(fact.schedule)}.`;
    case 'gpu-noise':
      return 'الضجيج: معالج رسوميات NVIDIA، كما تتطلبه بذرة الصورة.';
    case 'unreadable':
      return `تعذّرت قراءة ${fields[fact.field]} («${isolate(fact.said)}»)، فهو على قيمته الافتراضية.`;
    case 'sampler-missing':
      return `طريقة أخذ العيّنات ${isolate(fact.said)} غير متاحة، وتُستخدم ${isolate(fact.used)} بدلًا منها.${fact.nearest ? ` الأقرب هنا ${isolate(fact.nearest)}.` : ''}`;
    case 'seed-kept':
      return fact.gpu
        ? `حُفظت من البذرة ${isolate(fact.said)} البتات الـ32 الدنيا فقط، ${isolate(fact.kept)}، وضجيج معالج الرسوميات يأخذ الـ64 كلها، فالصورة تختلف.`
        : `حُفظت من البذرة ${isolate(fact.said)} البتات الـ32 الدنيا، ${isolate(fact.kept)}، ولا يأخذ ضجيجها أكثر.`;
    case 'second-pass':
      return `${isolate(fact.how)}: تُرسم من دون المرور الثاني.`;
    case 'lora':
      return `LoRA ${isolate(list(fact.names))}: تُرسم من دونها ما لم يستدعِها وسم مثل ‎<lora:name:1>‎ في الوصف.`;
    case 'style':
      return `الأنماط ${isolate(list(fact.names))}: لا تُطبَّق.`;
    case 'embedding':
      return `التضمينات ${isolate(list(fact.names))}: تُرسم من دونها ما لم تكن في هذا المتصفح.`;
    case 'part':
      return `${isolate(list(fact.names))}: لا يُكرَّر.`;
    case 'control-net':
      return 'لا يُطبَّق ControlNet.';
    case 'regions':
      return 'أوصاف أجزاء الصورة تُرسم عليها كلها.';
    case 'refiner':
      return 'لا يُستخدم نموذج التنقيح.';
    case 'inpainting':
      return 'القناع غير مرفق: تُرسم الصورة كلها.';
    case 'variation':
      return 'لا يُكرَّر تنويع البذرة.';
    case 'noise-offset':
      return `لا تُطبَّق إزاحة الضجيج ENSD ${isolate(fact.delta)}.`;
    case 'schedule':
      return `جدول الضجيج ${isolate(fact.said)} غير متاح لطريقة أخذ العيّنات هذه، ويُستخدم جدولها.`;
    case 'noise':
      return `نوع البذرة ${isolate(fact.said)} غير متاح: البذرة نفسها ترسم هنا صورة أخرى.`;
    case 'emphasis':
      return `يزن ${isolate(fact.tool)} الكلمات بعلامات أخرى، وقد تُركت كما كُتبت.`;
    case 'several':
      return 'يرسم مخططها عدة صور، فقد تكون هذه إعدادات صورة أخرى منها.';
    case 'prompt-only':
      return 'لا تقول إلا ما طُلب بالكلمات.';
  }
}
