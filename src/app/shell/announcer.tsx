import { Heard } from '../base/controls/heard.tsx';
import { useEffect, useState } from 'react';
import { useApp } from './app-hooks.tsx';
import { announcement } from './announcements.ts';
import { useWords } from '../words/words-context.tsx';

/** Tells screen readers how the run goes, politely. */
export function Announcer() {
  const { store } = useApp();
  const words = useWords();
  const [text, setText] = useState('');
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const said = announcement(words, before.run, state.run);
        if (said !== null) setText(said);
      }),
    [store, words],
  );
  return <Heard>{text}</Heard>;
}
