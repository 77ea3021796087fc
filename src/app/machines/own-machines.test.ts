import { expect, test } from 'vitest';
import { isOwnKey, localKeys } from '../../engine/stored-names.ts';
import { addressOf, loadMachines, storeMachineKey, storeMachines, type OwnMachine } from './own-machines.ts';

const machine: OwnMachine = {
  id: 'm1',
  kind: 'a1111',
  name: 'The tower',
  address: 'http://127.0.0.1:7860',
  agreed: true,
  model: null,
  capabilities: null,
};

function memory() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

test('machines come back after a reload, and their keys lie in another record', () => {
  const storage = memory();
  storeMachines(storage, [machine]);
  storeMachineKey(storage, 'm1', 'hush:secret');
  expect(loadMachines(storage)).toEqual([machine]);
  expect(addressOf(storage, machine)).toEqual({
    kind: 'a1111',
    address: 'http://127.0.0.1:7860',
    key: 'hush:secret',
  });
  expect(storage.items.get(localKeys.machines)).not.toContain('hush');
  expect([...storage.items.keys()].every(isOwnKey)).toBe(true);
});

test('a key that is taken away is gone, and those of others stay', () => {
  const storage = memory();
  storeMachineKey(storage, 'm1', 'one');
  storeMachineKey(storage, 'm2', 'two');
  storeMachineKey(storage, 'm1', null);
  expect(addressOf(storage, machine).key).toBeUndefined();
  expect(addressOf(storage, { ...machine, id: 'm2' }).key).toBe('two');
});

test('a damaged record, an unknown kind and one of a later version do not keep the page from starting', () => {
  const storage = memory();
  for (const text of ['no json', '7', 'null', '{"version":9,"machines":[]}', '{"version":1,"machines":5}']) {
    storage.items.set(localKeys.machines, text);
    storage.items.set(localKeys.machineKeys, text);
    expect(loadMachines(storage)).toEqual([]);
    expect(addressOf(storage, machine).key).toBeUndefined();
  }
  storeMachines(storage, [machine, { ...machine, kind: 'toaster' as 'a1111' }]);
  expect(loadMachines(storage)).toEqual([machine]);
});

test('storage that is full says so', () => {
  const full = {
    ...memory(),
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(storeMachines(full, [machine])).toBe(false);
});
