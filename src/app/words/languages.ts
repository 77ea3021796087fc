/** The languages that the page speaks. A new one: a folder of sentences beside these, a line here and one in `load-words.ts`. */
export const languages = ['en', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

/** What a person may choose. */
export const languageChoices = ['browser', ...languages] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** Each in its own words: whoever looks for theirs can read no other. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

const directions: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', de: 'ltr', ar: 'rtl' };

export interface Speech {
  readonly language: Language;
  /** With the region, which decides on digits and dates: `ar-EG`. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
}

/** The chosen language, or the first of the browser's that the page speaks; English where it speaks none of them. */
export function speechFor(choice: LanguageChoice, browserLocales: readonly string[]): Speech {
  const language = choice === 'browser' ? firstSpoken(browserLocales) : choice;
  const locale = browserLocales.find((each) => languageOf(each) === language) ?? language;
  return { language, locale, direction: directions[language] };
}

function firstSpoken(locales: readonly string[]): Language {
  for (const locale of locales) {
    const language = languageOf(locale);
    if (language) return language;
  }
  return 'en';
}

const languageOf = (locale: string): Language | undefined =>
  languages.find((language) => language === locale.toLowerCase().split('-', 1)[0]);
