import { useEffect } from 'react';
import { chime } from '../base/chime.ts';
import { endedJob, secondsLeft, type Ended } from '../queue/ended.ts';
import { useEditWords, type EditWords } from '../words/edit-words.ts';
import { message } from '../words/message.ts';
import { useApp } from './app-hooks.tsx';
import type { AppStore } from './app-store.ts';

/** A run that takes longer is one that people leave alone. */
const longSec = 30;

const isInFront = () => document.visibilityState === 'visible' && document.hasFocus();

/** What has ended while the page was not in front: a notification, the title and the badge tell, and a sound where that is wished for. */
export default function WhenDone() {
  const app = useApp();
  const { done: words } = useEditWords();
  useEffect(() => {
    const { title } = document;
    let unseen = 0;
    const count = (works: number) => {
      unseen = works;
      document.title = works > 0 ? words.title(works, title) : title;
      void setBadge(works);
    };
    const look = () => {
      if (isInFront()) count(0);
    };
    const stop = app.store.subscribe((state, before) => {
      if (state.queue === before.queue) return;
      offerToTell(app);
      const ended = endedJob(before.queue, state.queue);
      if (!ended || isInFront()) return;
      count(unseen + (ended.failed ? 0 : ended.works));
      if (state.queue.entries.some(({ state: { status } }) => status === 'waiting')) return;
      if (state.preferences.notify === 'on') notify(words, ended);
      if (state.preferences.sound) chime();
    });
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      count(0);
    };
  }, [app, words]);
  return null;
}

/** Once, when something has begun that takes a while. */
function offerToTell({ store, actions, now }: AppStore): void {
  const { preferences, queue } = store.getState();
  if (preferences.notify !== 'ask' || !('Notification' in window)) return;
  const left = secondsLeft(queue, now());
  if (left === null || left < longSec) return;
  actions.prefer({ notify: 'off' });
  const agree = async () => {
    const answer = await Notification.requestPermission();
    if (answer === 'granted') actions.prefer({ notify: 'on' });
    else actions.tell(message('notAllowed'));
  };
  actions.tell(message('notifyAsk'), [{ label: message('notifyYes'), run: () => void agree() }]);
}

function notify(words: EditWords['done'], ended: Ended): void {
  if (Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(words.notification(ended.kind, ended.works, ended.failed), {
      body: ended.label,
      tag: 'done',
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Chrome on Android has them only by way of the service worker: https://crbug.com/481856
    void navigator.serviceWorker?.ready.then((worker) =>
      worker.showNotification(words.notification(ended.kind, ended.works, ended.failed), {
        body: ended.label,
      }),
    );
  }
}

interface Badging {
  setAppBadge?(count: number): Promise<void>;
}

/** Where the app is installed and the system has badges. */
async function setBadge(count: number): Promise<void> {
  await (navigator as Badging)
    .setAppBadge?.(count)
    .catch(() => undefined /* Not installed: nothing to mark. */);
}
