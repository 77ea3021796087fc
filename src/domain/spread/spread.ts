/**
 * Which machine makes which of many like parts next. Pure: facts and the time come in, what is to be begun or given up comes out. Each free
 * machine gets the next part, as long as it would end before the others could have made it (earliest finish, as in list scheduling for
 * machines of different speed: Horowitz & Sahni 1976). When nothing is left to begin, who is free makes again what lies with one that is
 * slow or silent (backup tasks: Dean & Ghemawat 2004, 3.6); the first to end counts.
 */
export interface SpreadMachine {
  readonly id: string;
  /** Of one part, measured; null before the first. */
  readonly partMs: number | null;
  /** Failures since it last made something. */
  readonly failures: number;
  /** It takes nothing before. `Infinity`: it is out for this run. */
  readonly restsUntilMs: number;
}

export interface RunningPart {
  readonly part: number;
  readonly machine: string;
  readonly sinceMs: number;
}

export interface Spread {
  readonly machines: readonly SpreadMachine[];
  /** Not begun anywhere, in order. */
  readonly waiting: readonly number[];
  readonly running: readonly RunningPart[];
  readonly done: readonly number[];
  readonly partCount: number;
}

export interface Begin {
  readonly part: number;
  readonly machine: string;
}

/** So many in a row, and it is out. */
const mostFailures = 3;
const firstRestMs = 2000;
/** Of a part that nobody has made yet: until then nobody makes again what another has begun. */
const unknownMs = 60_000;
/** Who would gain less by making a part again leaves it alone. */
const worthwhile = 0.8;
/** A machine that says nothing for so many times as long as it should take is thought to be ten times as slow. */
const silentAfter = 3;

/** `partMs`: from earlier runs, where known. */
export function beginSpread(
  partCount: number,
  machines: readonly { readonly id: string; readonly partMs?: number | null }[],
): Spread {
  return {
    machines: machines.map(({ id, partMs = null }) => ({ id, partMs, failures: 0, restsUntilMs: 0 })),
    waiting: Array.from({ length: partCount }, (_, part) => part),
    running: [],
    done: [],
    partCount,
  };
}

/** What is to be begun now. Call `begun` for each before asking again. */
export function nextBegin(spread: Spread, nowMs: number): Begin | null {
  const free = spread.machines
    .filter((machine) => isFree(spread, machine, nowMs))
    .sort((a, b) => speedOf(spread, a) - speedOf(spread, b));
  for (const machine of free) {
    const part = spread.waiting[0];
    if (part !== undefined && isInTime(spread, machine, nowMs)) return { part, machine: machine.id };
    if (part !== undefined) continue;
    const again = partToRepeat(spread, machine, nowMs);
    if (again !== null) return { part: again, machine: machine.id };
  }
  return null;
}

export function begun(spread: Spread, { part, machine }: Begin, nowMs: number): Spread {
  return {
    ...spread,
    waiting: spread.waiting.filter((each) => each !== part),
    running: [...spread.running, { part, machine, sinceMs: nowMs }],
  };
}

/** `giveUp`: machines that make the same part, which nobody needs from them any more. */
export function finished(
  spread: Spread,
  { part, machine }: Begin,
  nowMs: number,
): { readonly spread: Spread; readonly giveUp: readonly string[]; readonly first: boolean } {
  const mine = spread.running.find((each) => each.part === part && each.machine === machine);
  const tookMs = mine ? nowMs - mine.sinceMs : null;
  const first = !spread.done.includes(part);
  const giveUp = spread.running
    .filter((each) => each.part === part && each.machine !== machine)
    .map((each) => each.machine);
  return {
    first,
    giveUp,
    spread: {
      ...spread,
      waiting: spread.waiting.filter((each) => each !== part),
      running: spread.running.filter((each) => each.part !== part),
      done: first ? [...spread.done, part] : spread.done,
      machines: spread.machines.map((each) => {
        if (giveUp.includes(each.id)) return tooLate(spread, each, nowMs);
        if (each.id !== machine) return each;
        return { ...each, failures: 0, partMs: tookMs === null ? each.partMs : mix(each.partMs, tookMs) };
      }),
    },
  };
}

/** `restMs`: what the machine asked for (`Retry-After`). `fatal`: trying again is of no use. The part waits again, before all others. */
export function failed(
  spread: Spread,
  { part, machine }: Begin,
  nowMs: number,
  { restMs = 0, fatal = false }: { readonly restMs?: number; readonly fatal?: boolean } = {},
): Spread {
  const running = spread.running.filter((each) => each.part !== part || each.machine !== machine);
  const elsewhere = running.some((each) => each.part === part) || spread.done.includes(part);
  return {
    ...spread,
    running,
    waiting: elsewhere || spread.waiting.includes(part) ? spread.waiting : [part, ...spread.waiting],
    machines: spread.machines.map((each) => {
      if (each.id !== machine) return each;
      return fatal ? { ...each, restsUntilMs: Infinity } : afterFailure(each, nowMs, restMs);
    }),
  };
}

function afterFailure(machine: SpreadMachine, nowMs: number, restMs = 0): SpreadMachine {
  const failures = machine.failures + 1;
  const rest = Math.max(restMs, firstRestMs * 2 ** (failures - 1));
  return { ...machine, failures, restsUntilMs: failures >= mostFailures ? Infinity : nowMs + rest };
}

/** Another was faster: it is at least as slow as it has been until now, and if it was silent that counts as a failure. */
function tooLate(spread: Spread, machine: SpreadMachine, nowMs: number): SpreadMachine {
  const tookMs = nowMs - (spread.running.find((each) => each.machine === machine.id)?.sinceMs ?? nowMs);
  if (tookMs > silenceMs(spread, machine.id)) return afterFailure(machine, nowMs);
  return { ...machine, partMs: Math.max(machine.partMs ?? 0, tookMs) };
}

export const isDone = ({ done, partCount }: Spread) => done.length === partCount;

/** Nobody is left who could make the rest. */
export const isLost = (spread: Spread) =>
  !isDone(spread) &&
  spread.running.length === 0 &&
  spread.machines.every(({ restsUntilMs }) => restsUntilMs === Infinity);

/** When to ask again though nothing has happened: a rest ends, or a part takes suspiciously long, and ever longer. Null: never. */
export function wakeAtMs(spread: Spread, nowMs: number): number | null {
  const rests = spread.machines.map(({ restsUntilMs }) => restsUntilMs).filter((ms) => ms < Infinity);
  const silences = spread.running.map(({ machine, sinceMs }) => {
    const firstMs = silenceMs(spread, machine);
    const times = Math.max(0, Math.floor(Math.log2((nowMs - sinceMs) / firstMs)) + 1);
    return sinceMs + firstMs * 2 ** times;
  });
  const later = [...rests, ...silences].filter((ms) => ms > nowMs);
  return later.length > 0 ? Math.min(...later) : null;
}

/** Milliseconds until all is made, as far as the speeds are known; null before the first part. */
export function leftMs(spread: Spread, nowMs: number): number | null {
  const able = spread.machines.filter(({ restsUntilMs }) => restsUntilMs < Infinity);
  if (!able.some(({ partMs }) => partMs !== null)) return null;
  const rate = able.reduce((sum, machine) => sum + 1 / speedOf(spread, machine), 0);
  const underway = spread.running.reduce(
    (sum, each) =>
      sum + Math.min(1, (nowMs - each.sinceMs) / speedOf(spread, machineOf(spread, each.machine))),
    0,
  );
  return Math.max(0, spread.partCount - spread.done.length - underway) / rate;
}

const machineOf = ({ machines }: Spread, id: string) => machines.find((machine) => machine.id === id)!;

const isFree = ({ running }: Spread, { id, restsUntilMs }: SpreadMachine, nowMs: number) =>
  restsUntilMs <= nowMs && !running.some((each) => each.machine === id);

/** Of a machine that is not measured yet, as the middle of the others. */
function speedOf({ machines }: Spread, { partMs }: SpreadMachine): number {
  if (partMs !== null) return partMs;
  const known = machines.flatMap((each) => (each.partMs === null ? [] : [each.partMs])).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? unknownMs;
}

function silenceMs(spread: Spread, id: string): number {
  return silentAfter * speedOf(spread, machineOf(spread, id));
}

/** When it will be free for one more; later than it should be, it is thought to take ever longer. */
function freeAtMs(spread: Spread, machine: SpreadMachine, nowMs: number): number {
  const mine = spread.running.find((each) => each.machine === machine.id);
  if (!mine) return Math.max(nowMs, machine.restsUntilMs);
  const speed = speedOf(spread, machine);
  const soonMs = mine.sinceMs + speed;
  if (soonMs > nowMs) return soonMs;
  const late = nowMs - mine.sinceMs;
  return nowMs + (late > silenceMs(spread, machine.id) ? 10 * late : late);
}

/**
 * True if those that are busy would not have ended what waits, this part included, before this machine ends the part. Who is free as well is
 * slower, or has said no already.
 */
function isInTime(spread: Spread, machine: SpreadMachine, nowMs: number): boolean {
  const ownEndMs = nowMs + speedOf(spread, machine);
  const couldBegin = spread.machines
    .filter((other) => other.restsUntilMs < Infinity && !isFree(spread, other, nowMs))
    .reduce((sum, other) => {
      const roomMs = ownEndMs - freeAtMs(spread, other, nowMs);
      return sum + Math.max(0, Math.floor(roomMs / speedOf(spread, other)));
    }, 0);
  return couldBegin < spread.waiting.length;
}

/** The part that will take longest where it is, wherever that is, if this machine would end it clearly sooner. */
function partToRepeat(spread: Spread, machine: SpreadMachine, nowMs: number): number | null {
  const takesMs = speedOf(spread, machine);
  const parts = [...new Set(spread.running.map(({ part }) => part))];
  const late = parts
    .map((part) => ({ part, leftMs: partLeftMs(spread, part, nowMs) }))
    .filter(({ leftMs: left }) => takesMs < worthwhile * left)
    .sort((a, b) => b.leftMs - a.leftMs);
  return late[0]?.part ?? null;
}

function partLeftMs(spread: Spread, part: number, nowMs: number): number {
  const by = spread.running.filter((each) => each.part === part);
  return Math.min(...by.map(({ machine }) => freeAtMs(spread, machineOf(spread, machine), nowMs) - nowMs));
}

const mix = (before: number | null, tookMs: number) =>
  before === null ? tookMs : 0.6 * before + 0.4 * tookMs;
