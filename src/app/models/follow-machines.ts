/** Each machine of the person's stands among the models with what it draws with. A chosen one that is gone gives way to this device. */
import type { Slice } from '../base/slice.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import { machineEntry, type MachinesSlice } from '../machines/machine-state.ts';
import { currentModel, type ModelsSlice } from './chosen-model.ts';
import { chooseModel } from './model-actions.ts';

export function followMachines(context: {
  readonly store: Slice<ModelsSlice & MachinesSlice & EngineSlice>;
}): void {
  const { store } = context;
  store.subscribe(({ machines, models, modelId }, before) => {
    if (machines === before.machines) return;
    const here = models.filter(({ ref }) => ref.source.kind !== 'elsewhere');
    const there = machines.map((machine) => machineEntry(machine));
    const { source } = currentModel({ models, modelId }).ref;
    store.setState({ models: [...here, ...there] });
    if (source.kind !== 'elsewhere') return;
    const chosen = there.find(({ ref }) => isOf(ref.source, source.machine));
    if (chosen?.ref.id !== modelId) chooseModel(context, chosen ?? here[0]!);
  });
}

const isOf = (source: { readonly kind: string; readonly machine?: string }, machine: string) =>
  source.kind === 'elsewhere' && source.machine === machine;
