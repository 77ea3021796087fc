import { createFormat } from './format.ts';
import type { Language, Speech } from './languages.ts';
import type { Words } from './words.ts';

interface LanguageModule {
  readonly createWords: (format: ReturnType<typeof createFormat>) => Words;
  readonly formatWords: Parameters<typeof createFormat>[1];
}

/** Each is fetched only where it is spoken. */
const modules: Record<Language, () => Promise<LanguageModule>> = {
  en: () => import('./en/words.ts'),
  de: () => import('./de/words.ts'),
  ar: () => import('./ar/words.ts'),
};

/** Rejects where the language cannot be fetched. */
export async function loadWords({ language, locale }: Speech): Promise<Words> {
  const { createWords, formatWords } = await modules[language]();
  return createWords(createFormat(locale, formatWords));
}
