import { expect, test } from 'vitest';
import { isAbort } from '../../domain/errors.ts';
import { createTurns } from './turns.ts';

function heldJob(kind = 'picture') {
  let release!: (value: string) => void;
  let fail!: (error: Error) => void;
  let begun = false;
  const held = new Promise<string>((resolve, reject) => ([release, fail] = [resolve, reject]));
  const run = (signal: AbortSignal) => {
    begun = true;
    return Promise.race([
      held,
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    ]);
  };
  return { job: { kind, run }, release, fail, begun: () => begun };
}

test('the second job begins only when the first has ended', async () => {
  const queue = createTurns();
  const [first, second] = [heldJob('load'), heldJob()];
  const handles = [queue.add(first.job), queue.add(second.job)];
  expect(queue.kinds()).toEqual(['load', 'picture']);
  await Promise.resolve();
  expect([first.begun(), second.begun()]).toEqual([true, false]);
  first.release('one');
  second.release('two');
  expect(await Promise.all(handles.map((handle) => handle.done))).toEqual(['one', 'two']);
  expect(queue.kinds()).toEqual([]);
});

test('a failed job does not stop those behind it', async () => {
  const queue = createTurns();
  const [first, second] = [heldJob(), heldJob()];
  const [bad, good] = [queue.add(first.job), queue.add(second.job)];
  first.fail(new Error('broken'));
  second.release('fine');
  await expect(bad.done).rejects.toThrow('broken');
  expect(await good.done).toBe('fine');
});

test('a job that throws before its first await fails alone too', async () => {
  const queue = createTurns();
  const bad = queue.add({
    kind: 'picture',
    run: () => {
      throw new Error('at once');
    },
  });
  const good = queue.add({ kind: 'picture', run: () => Promise.resolve('fine') });
  await expect(bad.done).rejects.toThrow('at once');
  expect(await good.done).toBe('fine');
});

test('a cancelled job that waits is never begun, and leaves the queue at once', async () => {
  const queue = createTurns();
  const [first, second] = [heldJob(), heldJob('film')];
  const [running, waiting] = [queue.add(first.job), queue.add(second.job)];
  waiting.cancel();
  expect(queue.kinds()).toEqual(['picture']);
  expect(await waiting.done.catch(isAbort)).toBe(true);
  first.release('one');
  expect(await running.done).toBe('one');
  expect(second.begun()).toBe(false);
});

test('cancelling the running job aborts its signal and lets the next one go', async () => {
  const queue = createTurns();
  const [first, second] = [heldJob(), heldJob()];
  const [running, next] = [queue.add(first.job), queue.add(second.job)];
  await Promise.resolve();
  running.cancel();
  expect(await running.done.catch(isAbort)).toBe(true);
  second.release('two');
  expect(await next.done).toBe('two');
});

test('what the person waits for goes before what scripts have asked for, in its own order', async () => {
  const queue = createTurns();
  const order: string[] = [];
  const job = (kind: string, first: boolean) => ({
    kind,
    first,
    run: () => Promise.resolve(void order.push(kind)),
  });
  const handles = ['api-1', 'mine-1', 'api-2', 'mine-2'].map((kind) =>
    queue.add(job(kind, kind.startsWith('mine'))),
  );
  expect(queue.kinds()).toEqual(['mine-1', 'mine-2', 'api-1', 'api-2']);
  await Promise.all(handles.map((handle) => handle.done));
  expect(order).toEqual(['mine-1', 'mine-2', 'api-1', 'api-2']);
});

test('while the queue is held, only what the person waits for begins', async () => {
  const queue = createTurns();
  const release = queue.hold('queue');
  const [script, own] = [heldJob('api'), heldJob('mine')];
  const waiting = queue.add(script.job);
  const running = queue.add({ ...own.job, first: true });
  expect(queue.kinds()).toEqual(['queue', 'mine', 'api']);
  own.release('mine');
  expect(await running.done).toBe('mine');
  expect(script.begun()).toBe(false);
  release();
  script.release('api');
  expect(await waiting.done).toBe('api');
});
