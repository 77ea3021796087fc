import { expect, it } from 'vitest';
import { createLock } from './lock.ts';

function held<T>(value: T) {
  let release: () => void = () => undefined;
  let started = false;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const job = async () => {
    started = true;
    await gate;
    return value;
  };
  return { job, release: () => release(), started: () => started };
}

it('runs one job at a time, in order', async () => {
  const lock = createLock();
  const [first, second] = [held('a'), held('b')];
  const done = [lock(first.job), lock(second.job)];
  await Promise.resolve();
  expect([first.started(), second.started()]).toEqual([true, false]);
  first.release();
  expect(await done[0]).toBe('a');
  second.release();
  expect(await done[1]).toBe('b');
});

it('goes on after a job that failed', async () => {
  const lock = createLock();
  const failed = lock(() => Promise.reject(new Error('no')));
  const next = lock(() => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

it('lets a waiting job go at once when it is cancelled, and never starts it', async () => {
  const lock = createLock();
  const [first, second, third] = [held('a'), held('b'), held('c')];
  const done = lock(first.job);
  const controller = new AbortController();
  const waiting = lock(second.job, controller.signal);
  const after = lock(third.job);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  first.release();
  third.release();
  expect(await done).toBe('a');
  expect(await after).toBe('c');
  expect(second.started()).toBe(false);
});

it('leaves it to a running job to stop', async () => {
  const lock = createLock();
  const running = held('done anyway');
  const controller = new AbortController();
  const done = lock(running.job, controller.signal);
  await Promise.resolve();
  controller.abort();
  running.release();
  expect(await done).toBe('done anyway');
});
