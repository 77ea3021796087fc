/**
 * Only fetches the rest. The address of this script names the machine that the worker may talk to (`engine/content-policy.ts`): a part that imported
 * something from here would do so without, and get a second copy of it.
 */
const early: MessageEvent[] = [];
const keep = (event: MessageEvent) => void early.push(event);
self.addEventListener('message', keep);

import('./serve-machines.ts').then(({ serveMachines }) => {
  self.removeEventListener('message', keep);
  serveMachines();
  for (const event of early) self.dispatchEvent(new MessageEvent('message', { data: event.data as unknown }));
  // As a script that could not be started: the page's calls end.
}, reportError);
