import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  begun,
  beginSpread,
  failed,
  finished,
  isDone,
  isLost,
  leftMs,
  nextBegin,
  wakeAtMs,
} from './spread.ts';

interface Simulated {
  readonly id: string;
  readonly partMs: number;
  /** From then on whatever it makes fails, `afterMs` after it was asked; never answers where that is null. */
  readonly dies?: { readonly atMs: number; readonly afterMs: number | null };
}

interface Told {
  readonly endMs: number;
  readonly madeBy: readonly (string | undefined)[];
  readonly begunCount: number;
  readonly lost: boolean;
}

/** Plays a run on a clock that jumps from one event to the next: exact, and nothing is waited for. */
function play(partCount: number, machines: readonly Simulated[]): Told {
  let spread = beginSpread(
    partCount,
    machines.map(({ id }) => ({ id })),
  );
  let nowMs = 0;
  let begunCount = 0;
  const madeBy: (string | undefined)[] = Array<undefined>(partCount).fill(undefined);
  let events: { atMs: number; part: number; machine: string; fails: boolean }[] = [];
  for (let turns = 0; turns < 100 * (partCount + 10); turns++) {
    for (let next = nextBegin(spread, nowMs); next; next = nextBegin(spread, nowMs)) {
      spread = begun(spread, next, nowMs);
      begunCount++;
      const { partMs, dies } = machines.find(({ id }) => id === next.machine)!;
      const diesInIt = dies !== undefined && nowMs + partMs > dies.atMs;
      if (!diesInIt) events.push({ ...next, atMs: nowMs + partMs, fails: false });
      else if (dies.afterMs !== null)
        events.push({ ...next, atMs: Math.max(nowMs, dies.atMs) + dies.afterMs, fails: true });
    }
    if (isDone(spread) || isLost(spread)) break;
    const wake = wakeAtMs(spread, nowMs);
    const event = events.sort((a, b) => a.atMs - b.atMs)[0];
    if (!event && wake === null) break;
    if (!event || (wake !== null && wake < event.atMs)) {
      nowMs = wake!;
      continue;
    }
    events = events.slice(1);
    nowMs = event.atMs;
    if (event.fails) {
      spread = failed(spread, event, nowMs);
      continue;
    }
    const told = finished(spread, event, nowMs);
    ({ spread } = told);
    if (told.first) madeBy[event.part] = event.machine;
    events = events.filter(({ part, machine }) => part !== event.part || !told.giveUp.includes(machine));
  }
  return { endMs: nowMs, madeBy, begunCount, lost: isLost(spread) };
}

/** The time in which machines that never wait would make all, of which one may stop half-way. */
function idealMs(partCount: number, machines: readonly Simulated[]): number {
  const death = machines.find(({ dies }) => dies)?.dies?.atMs ?? Infinity;
  const rate = (all: readonly Simulated[]) => all.reduce((sum, { partMs }) => sum + 1 / partMs, 0);
  const untilDeath = rate(machines) * death;
  if (untilDeath >= partCount) return partCount / rate(machines);
  return death + (partCount - untilDeath) / rate(machines.filter(({ dies }) => !dies));
}

const four: readonly Simulated[] = [
  { id: 'desktop', partMs: 4000 },
  { id: 'tower', partMs: 7000 },
  { id: 'laptop', partMs: 13_000 },
  { id: 'phone', partMs: 29_000 },
];

it('makes 100 scenes on four machines of different speed within 1.15 times the ideal', () => {
  const { endMs, madeBy } = play(100, four);
  expect(madeBy).not.toContain(undefined);
  expect(new Set(madeBy).size).toBe(4);
  expect(endMs).toBeLessThanOrEqual(1.15 * idealMs(100, four));
});

it.each([0, 1, 2, 3].flatMap((who) => [500, null].map((afterMs) => [four[who]!.id, who, afterMs] as const)))(
  'loses nothing and stays within 1.15 times the ideal when %s dies half-way (machine %i, fails after %o ms)',
  (_, who, afterMs) => {
    const atMs = idealMs(100, four) / 2;
    const machines = four.map((machine, i) =>
      i === who ? { ...machine, dies: { atMs, afterMs } } : machine,
    );
    const { endMs, madeBy } = play(100, machines);
    expect(madeBy).not.toContain(undefined);
    expect(endMs).toBeLessThanOrEqual(1.15 * idealMs(100, machines));
  },
);

it('gives the last parts to those that end them first, not to whoever is free', () => {
  const { endMs } = play(5, [
    { id: 'fast', partMs: 1000 },
    { id: 'slow', partMs: 60_000 },
  ]);
  expect(endMs).toBeLessThanOrEqual(5000);
});

it('is lost, and says so, when all machines fail again and again', () => {
  const dies = { atMs: 0, afterMs: 10 };
  const { lost, begunCount } = play(4, [
    { id: 'a', partMs: 100, dies },
    { id: 'b', partMs: 100, dies },
  ]);
  expect(lost).toBe(true);
  expect(begunCount).toBe(6);
});

it('makes every part exactly once for any machines, as long as one lives', () => {
  const simulated = fc.record({
    partMs: fc.integer({ min: 1, max: 100_000 }),
    dies: fc.option(
      fc.record({
        atMs: fc.integer({ min: 0, max: 1_000_000 }),
        afterMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
      }),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(simulated, { maxLength: 5 }),
      (partCount, livingMs, others) => {
        const machines = [
          { id: 'living', partMs: livingMs },
          ...others.map(({ partMs, dies }, i) => ({ id: `m${i}`, partMs, ...(dies && { dies }) })),
        ];
        const { madeBy, lost } = play(partCount, machines);
        expect(madeBy).not.toContain(undefined);
        expect(lost).toBe(false);
      },
    ),
  );
});

it('lets a machine rest as long as it asks, and is done without it', () => {
  let spread = beginSpread(2, [{ id: 'a' }, { id: 'b' }]);
  const first = nextBegin(spread, 0)!;
  spread = begun(spread, first, 0);
  spread = failed(spread, first, 10, { restMs: 60_000 });
  const other = nextBegin(spread, 10)!;
  expect(other.machine).not.toBe(first.machine);
  spread = begun(spread, other, 10);
  expect(nextBegin(spread, 10)).toBeNull();
  expect(wakeAtMs(spread, 10)).toBeLessThanOrEqual(60_010);
  spread = finished(spread, other, 20).spread;
  expect(nextBegin(spread, 20)?.machine).toBe(other.machine);
});

it('is out at once when trying again is of no use', () => {
  const spread = beginSpread(1, [{ id: 'a' }]);
  const first = nextBegin(spread, 0)!;
  expect(isLost(failed(begun(spread, first, 0), first, 1, { fatal: true }))).toBe(true);
});

it('tells how long the rest will take once something was measured', () => {
  let spread = beginSpread(10, [{ id: 'a', partMs: 1000 }, { id: 'b' }]);
  expect(leftMs(spread, 0)).toBe(5000);
  expect(leftMs(beginSpread(10, [{ id: 'a' }]), 0)).toBeNull();
  const next = nextBegin(spread, 0)!;
  spread = begun(spread, next, 0);
  expect(leftMs(spread, 500)).toBe(4750);
});
