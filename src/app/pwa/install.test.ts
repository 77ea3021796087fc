import { expect, test } from 'vitest';
import { watchInstallation } from './install.ts';

function page(saved = new Map<string, string>()) {
  const scope = new EventTarget();
  const storage = {
    getItem: (key: string) => saved.get(key) ?? null,
    setItem: (key: string, value: string) => void saved.set(key, value),
  };
  let prompts = 0;
  const offer = () => {
    const prompt = () => Promise.resolve({ outcome: 'dismissed', count: prompts++ });
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
    scope.dispatchEvent(event);
    return event;
  };
  return { installation: watchInstallation(scope as never, storage), offer, prompts: () => prompts, scope };
}

test("the browser's own offer is held back and made when the person asks, once", async () => {
  const { installation, offer, prompts } = page();
  expect(installation.possible()).toBe(false);
  expect(offer().defaultPrevented).toBe(true);
  expect(installation.possible()).toBe(true);
  await installation.install();
  await installation.install();
  expect([prompts(), installation.possible()]).toEqual([1, false]);
});

test('the hint comes after a few pictures, once in a lifetime', () => {
  const saved = new Map<string, string>();
  const first = page(saved);
  expect(first.installation.takeHint(9)).toBe(false);
  first.offer();
  expect(first.installation.takeHint(1)).toBe(false);
  expect(first.installation.takeHint(3)).toBe(true);
  expect(first.installation.takeHint(4)).toBe(false);
  const nextVisit = page(saved);
  nextVisit.offer();
  expect(nextVisit.installation.takeHint(50)).toBe(false);
});

test('once it is installed, nothing is offered any more', () => {
  const { installation, offer, scope } = page();
  let calls = 0;
  installation.subscribe(() => calls++);
  offer();
  scope.dispatchEvent(new Event('appinstalled'));
  expect([installation.possible(), calls]).toEqual([false, 2]);
});
