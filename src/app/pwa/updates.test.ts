import { expect, test } from 'vitest';
import { watchUpdates } from './updates.ts';

class FakeWorker extends EventTarget {
  state = 'installing';
  readonly messages: unknown[] = [];
  postMessage(message: unknown) {
    this.messages.push(message);
  }
  become(state: string) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function scene(options: { controlled: boolean; waiting?: boolean }) {
  const worker = new FakeWorker();
  const registration = Object.assign(new EventTarget(), {
    installing: options.waiting ? null : worker,
    waiting: options.waiting ? worker : null,
    update: () => Promise.reject(new Error('not in this story')),
  });
  const container = Object.assign(new EventTarget(), { controller: options.controlled ? {} : null });
  let letIdle!: () => void;
  const idle = new Promise<void>((resolve) => (letIdle = resolve));
  const seen = { reloads: 0, states: [] as string[] };
  const updates = watchUpdates({
    registration: registration as never,
    container: container as never,
    whenIdle: () => idle,
    reload: () => seen.reloads++,
  });
  updates.subscribe(() => seen.states.push(updates.state()));
  return { worker, registration, container, updates, letIdle, seen };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the worker of a first visit is no update', () => {
  const { worker, updates } = scene({ controlled: false });
  worker.become('installed');
  expect(updates.state()).toBe('none');
});

test('a worker that installs beside the running one is an update, and so is one found waiting', () => {
  const { worker, updates } = scene({ controlled: true });
  expect(updates.state()).toBe('none');
  worker.become('installed');
  expect(updates.state()).toBe('ready');
  expect(scene({ controlled: true, waiting: true }).updates.state()).toBe('ready');
});

test('an update found later is told too', () => {
  const { registration, updates, seen } = scene({ controlled: true });
  const later = new FakeWorker();
  registration.installing = later;
  registration.dispatchEvent(new Event('updatefound'));
  later.become('installed');
  expect([updates.state(), seen.states]).toEqual(['ready', ['ready']]);
});

test('it waits for the end of running work, lets the new worker in, and reloads once that has taken over', async () => {
  const { worker, container, updates, letIdle, seen } = scene({ controlled: true, waiting: true });
  const applied = updates.apply();
  await settled();
  expect([updates.state(), worker.messages]).toEqual(['waiting-for-work', []]);
  letIdle();
  await applied;
  expect([worker.messages, seen.reloads]).toEqual([[{ type: 'skip-waiting' }], 0]);
  container.dispatchEvent(new Event('controllerchange'));
  expect(seen.reloads).toBe(1);
});

test('a tab that did not ask is not reloaded when another one lets the new version in', () => {
  const { container, seen } = scene({ controlled: true, waiting: true });
  container.dispatchEvent(new Event('controllerchange'));
  expect(seen.reloads).toBe(0);
});

test('if another tab has let it in already, only the reload is left', async () => {
  const { registration, updates, letIdle, seen } = scene({ controlled: true, waiting: true });
  registration.waiting = null;
  letIdle();
  await updates.apply();
  expect(seen.reloads).toBe(1);
});
