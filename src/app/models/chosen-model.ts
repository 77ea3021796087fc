/** Which model draws now. */
import { AppError } from '../../domain/errors.ts';
import { readMachineModelId } from '../../domain/machine.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { machineEntry, type MachinesSlice } from '../machines/machine-state.ts';
import { currentBackend, type PreferencesSlice } from '../base/preferences.ts';
import type { Slice } from '../base/slice.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { Maker } from '../making/making-context.ts';

export interface ModelsSlice {
  readonly models: readonly ModelEntry[];
  readonly modelId: string;
  /** Open or not; `wanted` is a model's id to look for; `atExtras`: it opens where LoRAs and embeddings are. */
  readonly modelsSheet: { readonly wanted: string | null; readonly atExtras?: boolean } | null;
}

export function currentModel({ models, modelId }: Pick<ModelsSlice, 'models' | 'modelId'>): ModelEntry {
  return models.find((model) => model.ref.id === modelId) ?? models[0]!;
}

/** The model that something was asked for with. Throws `model-incomplete` when that is gone, `machine-unknown` when the machine is that had it. */
export function modelNamed(
  { models, machines = [] }: Pick<ModelsSlice, 'models'> & Partial<MachinesSlice>,
  { id }: { readonly id: string },
): ModelEntry {
  const entry = models.find(({ ref }) => ref.id === id);
  if (entry) return entry;
  const wanted = readMachineModelId(id);
  if (!wanted) throw new AppError('model-incomplete', `The model ${id} is no longer in this browser.`);
  const machine = machines.find((each) => each.id === wanted.machineId);
  if (machine) return machineEntry(machine, wanted.model);
  throw new AppError('machine-unknown', `The machine that has ${wanted.model} is no longer in the list.`);
}

/** What the person has chosen now. */
export function chosenModel({ store }: { readonly store: Slice<ModelsSlice & PreferencesSlice> }): Maker {
  const state = store.getState();
  return { model: currentModel(state), backend: currentBackend(state) };
}

/** Pixels; the model's own files know better than its card. */
export function sizeRules(state: Pick<ModelsSlice & EngineSlice, 'models' | 'modelId' | 'engine'>) {
  const { card, ref } = currentModel(state);
  const { width: nativeWidth, height: nativeHeight } = card.defaults;
  const { engine } = state;
  if (engine.status === 'ready' && engine.model.id === ref.id) return engine.model;
  return { sizeMultiple: card.sizeMultiple, nativeWidth, nativeHeight };
}
