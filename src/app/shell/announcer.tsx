import { useEffect, useState } from 'react';
import { useApp } from './app-hooks.tsx';
import { announcement } from './announcements.ts';

/** Tells screen readers how the run goes, politely. */
export function Announcer() {
  const { store } = useApp();
  const [text, setText] = useState('');
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const words = announcement(before.run, state.run);
        if (words !== null) setText(words);
      }),
    [store],
  );
  return (
    <div className="visually-hidden" role="status">
      {text}
    </div>
  );
}
