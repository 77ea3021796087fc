import { Heard } from '../base/controls/heard.tsx';
import { Direction } from 'radix-ui';
import { useEffect, useState, type ReactNode } from 'react';
import { useAppState } from './app-hooks.tsx';
import { speechFor, type Speech } from '../words/languages.ts';
import { loadWords } from '../words/load-words.ts';
import { WordsProvider } from '../words/words-context.tsx';
import type { Words } from '../words/words.ts';

export interface Spoken {
  readonly speech: Speech;
  readonly words: Words;
}

/** The page in the chosen language. Another one takes over once it has been fetched; nothing that was typed is lost. */
export function Speaking({ first, children }: { first: Spoken; children: ReactNode }) {
  const choice = useAppState((state) => state.preferences.language);
  const [spoken, setSpoken] = useState(first);
  const { speech, words } = spoken;
  useEffect(() => {
    const wanted = speechFor(choice, navigator.languages);
    if (wanted.locale === speech.locale) return;
    let left = false;
    // Where it cannot be fetched, the page goes on in the language that it has.
    loadWords(wanted).then(
      (loaded) => !left && setSpoken({ speech: wanted, words: loaded }),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [choice, speech]);
  useEffect(() => markPage(speech), [speech]);
  return (
    <Direction.Provider dir={speech.direction}>
      <WordsProvider words={words}>
        {children}
        <Heard>{spoken === first ? '' : words.shell.languageNow}</Heard>
      </WordsProvider>
    </Direction.Provider>
  );
}

/** For style sheets, hyphenation and voices. */
export function markPage({ locale, direction }: Speech): void {
  const { documentElement } = document;
  documentElement.lang = locale;
  documentElement.dir = direction;
}

/** The language to begin in; English where it cannot be fetched. */
export async function firstSpoken(wanted: Speech): Promise<Spoken> {
  try {
    return { speech: wanted, words: await loadWords(wanted) };
  } catch {
    const english = speechFor('en', []);
    return { speech: english, words: await loadWords(english) };
  }
}
