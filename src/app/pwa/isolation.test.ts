import { expect, test } from 'vitest';
import { isolateOnce, watchHands } from './isolation.ts';

function visit(options: { isolated?: boolean; controlled?: boolean; idle?: boolean; tried?: boolean }) {
  const session = new Map(options.tried ? [['zoetrope:isolation-tried', 'yes']] : []);
  const container = Object.assign(new EventTarget(), { controller: options.controlled ? {} : null });
  let reloads = 0;
  isolateOnce({
    isolated: options.isolated ?? false,
    container: container as never,
    session: {
      getItem: (key) => session.get(key) ?? null,
      setItem: (key, value) => void session.set(key, value),
    },
    isIdle: () => options.idle ?? true,
    reload: () => reloads++,
  });
  return { takeOver: () => container.dispatchEvent(new Event('controllerchange')), reloads: () => reloads };
}

test('the first visit reloads once, when the worker has taken over', () => {
  const { takeOver, reloads } = visit({});
  expect(reloads()).toBe(0);
  takeOver();
  takeOver();
  expect(reloads()).toBe(1);
});

test('a page that is controlled but not isolated (a hard reload) is reloaded at once', () => {
  expect(visit({ controlled: true }).reloads()).toBe(1);
});

test('nothing happens where the page is isolated, where work has begun, or where it was tried before', () => {
  expect(visit({ controlled: true, isolated: true }).reloads()).toBe(0);
  expect(visit({ controlled: true, idle: false }).reloads()).toBe(0);
  expect(visit({ controlled: true, tried: true }).reloads()).toBe(0);
});

test.each(['pointerdown', 'keydown', 'drop', 'paste'])('after a %s the person has begun', (type) => {
  const scope = new EventTarget();
  const begun = watchHands(scope);
  scope.dispatchEvent(new Event('pointermove'));
  expect(begun()).toBe(false);
  scope.dispatchEvent(new Event(type));
  expect(begun()).toBe(true);
});
