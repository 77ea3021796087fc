import { expect, it } from 'vitest';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import { createStore } from '../base/store.ts';
import { machineEntry, type MachinesSlice } from '../machines/machine-state.ts';
import type { OwnMachine } from '../machines/own-machines.ts';
import type { ModelsSlice } from './chosen-model.ts';
import { followMachines } from './follow-machines.ts';

const model = (id: string) => ({ id, name: id, revision: '', nativeSide: 512 });
const machine = (id: string, chosen: string): OwnMachine => ({
  ...{ id, kind: 'a1111', name: id, address: `http://${id}.lan`, agreed: true, model: chosen },
  capabilities: {
    models: [model('a'), model('b')],
    samplers: ['model'],
    sizes: { multiple: 8, side: { min: 64, max: 1024 }, maxPixels: 1024 * 1024 },
    steps: { min: 1, max: 50 },
    can: [],
  },
});
const builtIn = { ref: { id: 'built-in', source: { kind: 'stored' } }, card: {} } as unknown as ModelEntry;

function rig() {
  const store = createStore<ModelsSlice & MachinesSlice & EngineSlice>(() => ({
    models: [builtIn],
    modelId: 'built-in',
    modelsSheet: null,
    machines: [],
    engine: { status: 'asleep' },
    notices: [],
  }));
  followMachines({ store });
  return store;
}

it('puts machines among the models, and takes them away, without changing what was chosen here', () => {
  const store = rig();
  store.setState({ machines: [machine('m', 'a'), machine('n', 'b')] });
  expect(store.getState().models).toEqual([
    builtIn,
    machineEntry(machine('m', 'a')),
    machineEntry(machine('n', 'b')),
  ]);
  store.setState({ machines: [] });
  expect(store.getState()).toMatchObject({ models: [builtIn], modelId: 'built-in' });
});

it('goes on with the model that a chosen machine draws with now, and comes back here when it is gone', () => {
  const store = rig();
  store.setState({ machines: [machine('m', 'a')] });
  store.setState({ modelId: machineEntry(machine('m', 'a')).ref.id });
  store.setState({ machines: [machine('m', 'b')] });
  expect(store.getState().modelId).toBe(machineEntry(machine('m', 'b')).ref.id);
  store.setState({ machines: [] });
  expect(store.getState().modelId).toBe('built-in');
});
