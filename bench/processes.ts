/** Processor time and memory of a process and all below it, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSec = 100;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It ended since it was listed.
  }
}

/** The fields of /proc/[pid]/stat after the name, which may hold spaces: [0] is the state, [1] the parent. */
const statFields = (pid: number) =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

function descendants(root: number, except: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statFields(Number(name))[1]));
  }
  const below = (pid: number): number[] =>
    [...parents]
      .filter(([child, parent]) => parent === pid && child !== except)
      .flatMap(([child]) => [child, ...below(child)]);
  return below(root);
}

/** User and system seconds used so far by everything below this process, `except` one of its children. */
export function cpuSecondsBelow(except: number): number {
  const ticks = descendants(process.pid, except).map((pid) => {
    const fields = statFields(pid);
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSec;
}

/** Megabytes of memory now, shared pages counted once (PSS). */
export function memoryMbBelow(except: number): number {
  const kilobytes = descendants(process.pid, except).map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1000;
}
