/** The person's list of other machines: what is in it, in which order, and what they are let in with. Each change is kept at once. */
import type { Slice } from '../base/slice.ts';
import type { TextStorage } from '../base/text-storage.ts';
import { showToast, type ToastContext, type ToastSlice } from '../base/toasts.ts';
import { message } from '../words/message.ts';
import type { MachinesSlice } from './machine-state.ts';
import { addressOf, storeMachineKey, storeMachines, type OwnMachine } from './own-machines.ts';

export interface MachineActionsContext extends ToastContext {
  readonly store: Slice<MachinesSlice & ToastSlice>;
  readonly deps: { readonly storage: TextStorage };
}

export function machineActions(context: MachineActionsContext) {
  const { store, deps } = context;
  const set = (machines: readonly OwnMachine[]) => {
    store.setState({ machines });
    if (!storeMachines(deps.storage, machines)) showToast(context, message('machinesNotKept'));
  };
  const all = () => store.getState().machines;
  const putAt = (machine: OwnMachine, at: number) =>
    set([...all().filter(({ id }) => id !== machine.id)].toSpliced(at, 0, machine));

  return {
    /** In place of the one with its id, else at the end. `key` undefined: the one that it has stays. */
    keepMachine: (machine: OwnMachine, key?: string | null) => {
      const at = all().findIndex(({ id }) => id === machine.id);
      if (key !== undefined) storeMachineKey(deps.storage, machine.id, key);
      putAt(machine, at < 0 ? all().length : at);
    },
    changeMachine: (id: string, change: Partial<Omit<OwnMachine, 'id'>>) =>
      set(all().map((machine) => (machine.id === id ? { ...machine, ...change } : machine))),
    /** `to`: its place among the others. */
    moveMachine: (id: string, to: number) => {
      const machine = all().find((each) => each.id === id);
      if (machine) putAt(machine, Math.max(0, Math.min(to, all().length - 1)));
    },
    /** Its key goes with it, and comes back when that is undone. `onUndo`: it is there again. */
    removeMachine: (id: string, onUndo: () => void = () => undefined) => {
      const at = all().findIndex((each) => each.id === id);
      const machine = all()[at];
      if (!machine) return;
      const { key = null } = addressOf(deps.storage, machine);
      storeMachineKey(deps.storage, id, null);
      set(all().filter((each) => each.id !== id));
      const undo = () => {
        storeMachineKey(deps.storage, id, key);
        putAt(machine, at);
        onUndo();
      };
      showToast(context, message('machineRemoved', machine.name), [{ label: message('undo'), run: undo }]);
    },
  };
}

export type MachineActions = ReturnType<typeof machineActions>;
