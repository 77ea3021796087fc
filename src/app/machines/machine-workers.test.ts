import { expect, it, vi } from 'vitest';
import type { MachineEvent, Machines } from '../../engine/machine-protocol.ts';
import { createMachineWorkers, placeOf } from './machine-workers.ts';

const tower = { kind: 'a1111', address: 'http://192.168.1.7:7860' } as const;
const horde = { kind: 'horde', address: 'https://aihorde.net/api' } as const;

function rig() {
  const asked: string[] = [];
  const events = new Map<string, (event: MachineEvent) => void>();
  const ends: (() => void)[] = [];
  const crashes: (() => void)[] = [];
  const terminate = vi.fn();
  const start = vi.fn((origin: string, onCrash: () => void): Machines => {
    crashes.push(onCrash);
    return {
      call: (name, _params, options) => {
        asked.push(`${name} ${origin}`);
        events.set(origin, options?.onEvent as never);
        return new Promise((resolve) => ends.push(() => resolve(null)));
      },
      terminate,
    };
  });
  return { asked, events, ends, crashes, terminate, start, workers: createMachineWorkers(start) };
}

const draw = { model: '', settings: {} as never };

it('starts nothing before a machine is spoken to, and one worker for each origin from then on', () => {
  const { workers, start, asked } = rig();
  expect(start).not.toHaveBeenCalled();
  void workers.machines.call('capabilities', { machine: tower });
  void workers.machines.call('capabilities', { machine: { ...tower, address: `${tower.address}/x` } });
  void workers.machines.call('draw', { machine: horde, draw });
  expect(start.mock.calls.map(([origin]) => origin)).toEqual([
    'http://192.168.1.7:7860',
    'https://aihorde.net',
  ]);
  expect(asked).toEqual([
    'capabilities http://192.168.1.7:7860',
    'capabilities http://192.168.1.7:7860',
    'draw https://aihorde.net',
  ]);
});

it('shows what a machine does while it draws, and nothing afterwards', async () => {
  const { workers, events, ends } = rig();
  const heard = vi.fn();
  const drawing = workers.machines.call('draw', { machine: horde, draw }, { onEvent: heard });
  const event = { phase: 'queued', place: 3, leftMs: null } as const;
  events.get('https://aihorde.net')!(event);
  expect(workers.now.getState()).toEqual({ [placeOf(horde)]: event });
  expect(heard).toHaveBeenCalledWith(event);
  ends[0]!();
  await drawing;
  expect(workers.now.getState()).toEqual({});
});

it('starts a crashed worker anew with the next call, and ends one whose machine is gone', () => {
  const { workers, start, crashes, terminate } = rig();
  void workers.machines.call('capabilities', { machine: tower });
  crashes[0]!();
  void workers.machines.call('capabilities', { machine: tower });
  expect(start).toHaveBeenCalledTimes(2);
  workers.end(tower.address);
  expect(terminate).toHaveBeenCalledOnce();
  workers.end(horde.address);
  expect(start).toHaveBeenCalledTimes(2);
});
