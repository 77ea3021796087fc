/** Who makes the parts of a run: the machine that was chosen, and those that help. */
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { machineEntry } from '../machines/machine-state.ts';
import { engineOf, type MadePicture } from './draw-pictures.ts';
import type { Maker, MakingContext } from './making-context.ts';
import type { DrawEvent, OpenModel } from './picture-engine.ts';
import { recordTiming, timingKey } from './timings.ts';

export interface SpreadMaker {
  /** Of the model that it draws with. */
  readonly id: string;
  readonly maker: Maker;
  /** The machine's own, from its second part on the same. */
  readonly open: (signal: AbortSignal, onEvent: (event: DrawEvent) => void) => Promise<OpenModel>;
}

/** The chosen one first. Fewer than two: there is nothing to spread over. */
export function spreadMakers(
  context: MakingContext,
  { model, backend, alone }: Maker,
): readonly SpreadMaker[] {
  const helpers = alone === true ? [] : (context.deps.machines?.helpers() ?? []);
  const { source } = model.ref;
  const others = helpers
    .filter(({ id }) => source.kind !== 'elsewhere' || source.machine !== id)
    .map((machine) => ({ model: machineEntry(machine), backend }));
  return [{ model, backend }, ...others].map((maker) => ({
    id: maker.model.ref.id,
    maker,
    open: openerOf(context, maker),
  }));
}

function openerOf(context: MakingContext, maker: Maker): SpreadMaker['open'] {
  let opened: OpenModel | undefined;
  return async (signal, onEvent) =>
    (opened ??= await (await engineOf(context, maker.model)).open(maker, signal, onEvent));
}

/** Milliseconds of one picture, where such a machine has been measured before. */
export function knownPartMs(
  { store }: Pick<MakingContext, 'store'>,
  { maker: { model } }: SpreadMaker,
  settings: Pick<ImageSettings, 'width' | 'height' | 'guidanceScale' | 'steps'>,
): number | null {
  const { timings } = store.getState();
  const by = model.ref.source.kind === 'elsewhere' ? (['elsewhere'] as const) : (['webgpu', 'wasm'] as const);
  const [timing] = by.flatMap((each) => timings[timingKey(model.ref, each, settings)] ?? []);
  return timing ? settings.steps * timing.stepMs + timing.decodeMs : null;
}

/** A machine's own time for one picture, for the next run. */
export function keepPartTiming(
  { store }: Pick<MakingContext, 'store'>,
  { maker: { model } }: SpreadMaker,
  { recipe, timings: { encodeMs, denoiseMs, decodeMs }, steps }: MadePicture,
): void {
  const by = model.ref.source.kind === 'elsewhere' ? 'elsewhere' : recipe.backend;
  if (by === undefined || steps === 0) return;
  const key = timingKey(model.ref, by, recipe.settings);
  const timing = { stepMs: (encodeMs + denoiseMs) / steps, decodeMs };
  store.setState(({ timings }) => ({ timings: recordTiming(timings, key, timing) }));
}
