import { expect, it } from 'vitest';
import { createStore } from '../base/store.ts';
import { toastActions, type Toast } from '../base/toasts.ts';
import { machineActions } from './machine-actions.ts';
import { addressOf, loadMachines, type OwnMachine } from './own-machines.ts';

const machine = (id: string): OwnMachine => ({
  id,
  kind: 'a1111',
  name: id.toUpperCase(),
  address: `http://${id}.lan:7860`,
  agreed: true,
  model: null,
  capabilities: null,
});

function rig() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const store = createStore(() => ({
    machines: [] as readonly OwnMachine[],
    toasts: [] as readonly Toast[],
  }));
  const open = { toastActions: new Map(), toastEnds: new Map(), lastId: 0 };
  const context = { store, open, deps: { storage } };
  const actions = { ...machineActions(context), ...toastActions(context) };
  const ids = () => store.getState().machines.map(({ id }) => id);
  return { storage, items, store, actions, ids };
}

it('keeps machines with their keys, in order, beyond the visit', () => {
  const { storage, store, actions, ids } = rig();
  actions.keepMachine(machine('a'), 'secret');
  actions.keepMachine(machine('b'), null);
  actions.keepMachine(machine('c'));
  actions.moveMachine('c', 0);
  expect(ids()).toEqual(['c', 'a', 'b']);
  actions.moveMachine('c', 99);
  actions.moveMachine('nobody', 0);
  expect(ids()).toEqual(['a', 'b', 'c']);
  actions.changeMachine('a', { helps: true });
  expect(loadMachines(storage)).toEqual(store.getState().machines);
  expect(addressOf(storage, machine('a')).key).toBe('secret');
});

it('changes one in its place, and leaves its key unless another is given', () => {
  const { storage, actions, ids, store } = rig();
  actions.keepMachine(machine('a'), 'secret');
  actions.keepMachine(machine('b'));
  actions.keepMachine({ ...machine('a'), name: 'Tower' });
  expect(ids()).toEqual(['a', 'b']);
  expect(store.getState().machines[0]!.name).toBe('Tower');
  expect(addressOf(storage, machine('a')).key).toBe('secret');
  actions.keepMachine(machine('a'), null);
  expect(addressOf(storage, machine('a')).key).toBeUndefined();
});

it('removes one with its key, and brings both back where they were', () => {
  const { items, storage, actions, ids, store } = rig();
  actions.keepMachine(machine('a'), 'secret');
  actions.keepMachine(machine('b'));
  let undone = 0;
  actions.removeMachine('a', () => undone++);
  expect(ids()).toEqual(['b']);
  expect([...items.values()].join()).not.toContain('secret');
  const [toast] = store.getState().toasts;
  expect(toast).toMatchObject({ message: { say: 'machineRemoved' } });
  actions.runToastAction(toast!.id, 0);
  expect([ids(), undone]).toEqual([['a', 'b'], 1]);
  expect(addressOf(storage, machine('a')).key).toBe('secret');
});
