/** Another machine. Fetched when one first draws. */
import { settingsOfPicture, type ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { AppError } from '../../domain/errors.ts';
import { readMachineModelId } from '../../domain/machine.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type {
  MachineCapabilities,
  MachineDraw,
  MachineEvent,
  MachineFeature,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import { canDo, type MachineAccess } from '../machines/machine-state.ts';
import type { OwnMachine } from '../machines/own-machines.ts';
import type { MakingContext } from './making-context.ts';
import type { DrawHooks, DrawnPicture, Drawing, OpenModel, PictureEngine } from './picture-engine.ts';

export const machineEngine = (context: MakingContext): PictureEngine => ({
  // Nothing is opened ahead: the machine is asked for a picture when one is wanted, and not before.
  open: ({ model }) => Promise.resolve(openModel(model, known(machineOf(access(context), model)))),
  draw: async (drawing, _, hooks) => {
    for (let at = 0; at < drawing.count; at++) {
      hooks.signal.throwIfAborted();
      hooks.onDrawn(await drawOne(context, drawing, at, hooks));
    }
    return 'elsewhere';
  },
});

function access({ deps }: MakingContext): MachineAccess {
  if (!deps.machines) throw new AppError('machine-unknown', 'This page speaks to no other machine.');
  return deps.machines;
}

function machineOf({ find }: MachineAccess, { ref: { source }, card }: ModelEntry): OwnMachine {
  const machine = source.kind === 'elsewhere' ? find(source.machine) : undefined;
  if (!machine) throw new AppError('machine-unknown', `${card.name} was on a machine that is gone.`);
  if (machine.agreed) return machine;
  throw new AppError('machine-unknown', 'Nobody has agreed yet to what would be sent there.');
}

function known({ capabilities, name }: OwnMachine): MachineCapabilities {
  if (capabilities) return capabilities;
  throw new AppError('machine-unknown', `${name} has not told yet what it can do.`);
}

function openModel({ ref, card }: ModelEntry, { can }: MachineCapabilities): OpenModel {
  const { width: nativeWidth, height: nativeHeight } = card.defaults;
  const { id, revision } = ref;
  const size = { nativeWidth, nativeHeight, sizeMultiple: card.sizeMultiple };
  return { id, revision, ...size, canEncode: can.includes('img2img'), backend: 'elsewhere' };
}

async function drawOne(
  context: MakingContext,
  drawing: Drawing,
  imageIndex: number,
  { signal, onEvent }: DrawHooks,
): Promise<DrawnPicture> {
  const { count: imageCount, settings: all, model } = drawing;
  const machines = access(context);
  const machine = machineOf(machines, model);
  const settings = doable(settingsOfPicture(all, imageIndex), known(machine));
  const draw = await drawOf(context, { ...drawing, settings }, machine);
  const params = { machine: machines.address(machine), draw };
  const client = await machines.open();
  const at = { imageIndex, imageCount, steps: settings.steps };
  const tell = eventTeller(context, settings, at, onEvent);
  const made = await client.call('draw', params, { signal, onEvent: tell });
  const drawn = await drawnPicture(context, machine, made, { imageIndex, imageCount });
  const { image, timings } = drawn;
  onEvent({ phase: 'image', imageIndex, imageCount, image, timings, settings: drawn.settings });
  return drawn;
}

/** Without what it cannot do: the recipe tells what was really used. */
function doable(settings: ImageSettings, capabilities: MachineCapabilities): ImageSettings {
  const { prompt, negativePrompt, steps, guidanceScale, seed, width, height, sampler } = settings;
  const { schedule, noise, variation, vae } = settings;
  const can = (feature: MachineFeature) => canDo(capabilities, feature);
  return {
    prompt,
    negativePrompt: can('negative-prompt') ? negativePrompt : '',
    ...{ steps, guidanceScale, seed, width, height },
    sampler: capabilities.samplers.includes(sampler) ? sampler : 'model',
    ...(can('schedule') && schedule && { schedule }),
    ...(can('noise') && noise && { noise }),
    ...(can('variation') && variation && { variation }),
    ...(can('vae') && vae !== undefined && { vae }),
  };
}

/** A source goes without what its file tells beside its pixels: where it was taken, or how it was made. */
async function drawOf(
  { deps }: MakingContext,
  { settings, source, morph, model: { ref } }: Drawing,
  machine: OwnMachine,
): Promise<MachineDraw> {
  if (morph)
    throw new AppError('bad-input', 'This machine cannot draw what lies between two pictures.', {
      field: 'transition',
    });
  if (source?.inpaint)
    throw new AppError('bad-input', 'This machine cannot change a part of a picture.', { field: 'source' });
  const model = readMachineModelId(ref.id)?.model ?? '';
  if (!source) return { model, settings };
  if (!canDo(machine.capabilities, 'img2img'))
    throw new AppError('bad-input', 'This machine cannot begin from a picture.', { field: 'source' });
  const png = await deps.images.pngOfRows(settings, null);
  png.add(await deps.images.decode(source.file, settings));
  const file = await png.file();
  return { model, settings, source: { file, strength: source.strength } };
}

/** Previews are decoded beside; one that comes after its picture is dropped. */
function eventTeller(
  { deps }: MakingContext,
  size: { readonly width: number; readonly height: number },
  at: { readonly imageIndex: number; readonly imageCount: number; readonly steps: number },
  onEvent: DrawHooks['onEvent'],
): (event: MachineEvent) => void {
  return (event) => {
    if (event.phase === 'queued') return onEvent(event);
    if (event.phase !== 'drawing') return onEvent({ ...at, ...noProgress, now: event.phase });
    const { fraction, step, leftMs, preview } = event;
    const facts = { phase: 'elsewhere', now: 'drawing', ...at, fraction, step, leftMs } as const;
    onEvent(facts);
    if (!preview) return;
    void deps.images.decode(preview, size).then(
      (image) => onEvent({ ...facts, preview: image }),
      () => undefined /* A help only; the picture itself is checked. */,
    );
  };
}

const noProgress = { phase: 'elsewhere', fraction: null, step: null, leftMs: null } as const;

async function drawnPicture(
  { deps }: MakingContext,
  { kind, name }: OwnMachine,
  { file, settings, model, differs, drawMs }: MachinePicture,
  at: { readonly imageIndex: number; readonly imageCount: number },
): Promise<DrawnPicture> {
  return {
    image: await deps.images.decode(file, settings),
    settings,
    model: { id: model.id, revision: model.revision },
    machine: { kind, name },
    differs,
    timings: { encodeMs: 0, denoiseMs: drawMs, decodeMs: 0, runtimeMs: drawMs },
    steps: settings.steps,
    ...at,
  };
}
