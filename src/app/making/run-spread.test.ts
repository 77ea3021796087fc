import { expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { abortError } from '../../engine/rpc.ts';
import { runSpread } from './run-spread.ts';

/** A clock that jumps to the next moment that somebody waits for, as soon as nothing else is to be done. */
function simulatedClock() {
  let nowMs = 0;
  const waiting: { atMs: number; go: () => void }[] = [];
  const at = (atMs: number) => new Promise<void>((go) => waiting.push({ atMs, go }));
  const idle = () => new Promise((resolve) => setImmediate(resolve));
  const runUntil = async <T>(work: Promise<T>): Promise<T> => {
    let over = false;
    void work.then(
      () => (over = true),
      () => (over = true),
    );
    for (await idle(); !over; await idle()) {
      waiting.sort((a, b) => a.atMs - b.atMs);
      const next = waiting.shift();
      if (!next) throw new Error('Everybody waits for nothing.');
      nowMs = Math.max(nowMs, next.atMs);
      next.go();
    }
    return work;
  };
  return { now: () => nowMs, pause: (forMs: number) => at(nowMs + forMs), at, runUntil };
}

interface Machine {
  readonly id: string;
  readonly partMs: number;
  readonly diesAtMs?: number;
  readonly error?: AppError;
}

function rig(machines: readonly Machine[], partCount: number) {
  const clock = simulatedClock();
  const made: (string | undefined)[] = Array<undefined>(partCount).fill(undefined);
  const stopped: string[] = [];
  const controller = new AbortController();
  let busy = 0;
  const make = async (part: number, id: string, signal: AbortSignal) => {
    const { partMs, diesAtMs = Infinity, error } = machines.find((each) => each.id === id)!;
    busy++;
    try {
      const ended = clock.pause(partMs).then(() => 'ended');
      const aborted = new Promise<string>((resolve) =>
        signal.addEventListener('abort', () => resolve('aborted')),
      );
      if ((await Promise.race([ended, aborted])) === 'aborted') {
        stopped.push(id);
        throw abortError();
      }
      if (clock.now() > diesAtMs) throw error ?? new AppError('machine-unreachable', 'It is off.');
      return `${part} of ${id}`;
    } finally {
      busy--;
    }
  };
  const run = runSpread(
    clock,
    {
      partCount,
      machines: machines.map(({ id }) => ({ id, partMs: null })),
      make,
      onMade: (part, _, result) => {
        expect(made[part]).toBeUndefined();
        made[part] = result;
      },
    },
    controller.signal,
  );
  return { clock, made, stopped, controller, run, busy: () => busy };
}

const four: readonly Machine[] = [
  { id: 'a', partMs: 4000 },
  { id: 'b', partMs: 7000 },
  { id: 'c', partMs: 13_000 },
  { id: 'd', partMs: 29_000 },
];

it('makes 100 scenes on four machines, one of which dies half-way, in at most 1.15 times the ideal time', async () => {
  const rate = four.reduce((sum, { partMs }) => sum + 1 / partMs, 0);
  const diesAtMs = 100 / rate / 2;
  const dying = four.map((machine) => (machine.id === 'b' ? { ...machine, diesAtMs } : machine));
  const { clock, made, run, busy } = rig(dying, 100);
  await clock.runUntil(run);
  expect(made.every((result, part) => result?.startsWith(`${part} of `))).toBe(true);
  const idealMs = diesAtMs + (100 - rate * diesAtMs) / (rate - 1 / 7000);
  expect(clock.now()).toBeLessThanOrEqual(1.15 * idealMs);
  expect(busy()).toBe(0);
});

it('stops every machine when it is cancelled, and rejects only then', async () => {
  const { clock, run, controller, stopped, busy, made } = rig(four, 100);
  void clock.at(30_000).then(() => controller.abort(abortError()));
  await expect(clock.runUntil(run)).rejects.toMatchObject({ name: 'AbortError' });
  expect(stopped.sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(busy()).toBe(0);
  expect(made.filter(Boolean).length).toBeGreaterThan(5);
});

it('stops the slower of two that make the same part', async () => {
  const machines = [
    { id: 'fast', partMs: 100 },
    { id: 'slow', partMs: 100_000 },
  ];
  const { clock, run, stopped } = rig(machines, 3);
  await clock.runUntil(run);
  expect(stopped).toEqual(['slow']);
  expect(clock.now()).toBeLessThan(1000);
});

it('tells what the first machine said when nobody is left, and does not ask again what was refused', async () => {
  const error = new AppError('machine-refused', 'Who are you?');
  const machines = [
    { id: 'a', partMs: 10, diesAtMs: -1, error },
    { id: 'b', partMs: 10, diesAtMs: -1 },
  ];
  const { clock, run } = rig(machines, 3);
  await expect(clock.runUntil(run)).rejects.toBe(error);
});
