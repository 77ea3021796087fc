/** Another machine. Fetched when one first draws. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { canvasFor } from '../../domain/diffusion/edit/canvas.ts';
import type { Mask } from '../../domain/diffusion/edit/inpainting.ts';
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
  MachineQuote,
} from '../../engine/machine-protocol.ts';
import { canDo, type MachineAccess } from '../machines/machine-state.ts';
import type { OwnMachine } from '../machines/own-machines.ts';
import type { MakingContext, Size } from './making-context.ts';
import type { DrawHooks, DrawnPicture, Drawing, OpenModel, PictureEngine, Source } from './picture-engine.ts';

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

/**
 * What a picture costs there; null where it costs nothing. Its prompt does not count, and stays here: nobody has asked for the picture yet. Throws as
 * `MachineCalls`.
 */
export async function quotePicture(
  context: MakingContext,
  model: ModelEntry,
  settings: ImageSettings,
  signal: AbortSignal,
): Promise<MachineQuote | null> {
  const machines = access(context);
  const machine = machineOf(machines, model);
  const wanted = { ...doable(settings, known(machine)), prompt: 'x', negativePrompt: '' };
  const draw = { model: readMachineModelId(model.ref.id)?.model ?? '', settings: wanted };
  const client = await machines.open();
  return client.call('quote', { machine: machines.address(machine), draw }, { signal });
}

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
  const ready = await prepared(context, { ...drawing, settings }, machine);
  const params = { machine: machines.address(machine), draw: ready.draw };
  const client = await machines.open();
  const at = { imageIndex, imageCount, steps: settings.steps };
  const tell = eventTeller(context, settings, at, onEvent);
  const made = await client.call('draw', params, { signal, onEvent: tell });
  const image = ready.finished(await context.deps.images.decode(made.file, ready.size ?? made.settings));
  const drawn = { image, imageIndex, imageCount, ...factsOf(machine, made) };
  const { timings } = drawn;
  onEvent({ phase: 'image', imageIndex, imageCount, image, timings, settings: drawn.settings });
  return drawn;
}

/** Without what it cannot do: the recipe tells what was really used. */
function doable(settings: ImageSettings, capabilities: MachineCapabilities): ImageSettings {
  const { prompt, negativePrompt, steps, guidanceScale, seed, width, height, sampler } = settings;
  const { schedule, noise, variation, vae, clipSkip, speed } = settings;
  const can = (feature: MachineFeature) => canDo(capabilities, feature);
  return {
    prompt,
    negativePrompt: can('negative-prompt') ? negativePrompt : '',
    ...{ steps, guidanceScale, seed, width, height },
    sampler: capabilities.samplers.includes(sampler) ? sampler : 'model',
    ...(can('schedule') && schedule && { schedule }),
    ...(can('noise') && noise && { noise }),
    ...(can('variation') && variation && { variation }),
    ...(can('clip-skip') && clipSkip !== undefined && { clipSkip }),
    ...(can('speed') && speed && { speed }),
    ...(can('vae') && vae !== undefined && { vae }),
  };
}

interface Prepared {
  readonly draw: MachineDraw;
  /** From what comes back to the picture that was wanted. */
  readonly finished: (image: RgbaImage) => RgbaImage;
  /** Of what comes back; null: as it is. */
  readonly size: Size | null;
}

/** A source goes without what its file tells beside its pixels: where it was taken, or how it was made. */
async function prepared(context: MakingContext, drawing: Drawing, machine: OwnMachine): Promise<Prepared> {
  const { settings, source, morph, model: entry } = drawing;
  const model = readMachineModelId(entry.ref.id)?.model ?? '';
  if (morph) refuse(machine, 'morph', 'transition');
  if (!source) return { draw: { model, settings }, finished: (image) => image, size: null };
  refuse(machine, source.inpaint ? 'inpaint' : 'img2img', 'source');
  const { strength } = source;
  const { image, mask, finished } = await canvasOf(context, source, settings);
  const file = await plainPng(context, image);
  const draw = {
    model,
    settings,
    source: { file, strength },
    ...(mask && { mask: await plainPng(context, mask) }),
  };
  return { draw, finished, size: source.inpaint ? settings : null };
}

function refuse({ capabilities }: OwnMachine, feature: MachineFeature, field: string): void {
  if (canDo(capabilities, feature)) return;
  throw new AppError('bad-input', `This machine cannot do that: ${feature}.`, { field });
}

/** What is drawn over of a picture is cut and put back here, so that all machines do it alike, and what stays does so to the byte. */
async function canvasOf({ deps }: MakingContext, { file, inpaint }: Source, settings: ImageSettings) {
  const image = await deps.images.decode(file, inpaint?.mask ?? settings);
  if (!inpaint) return { image, mask: null, finished: (drawn: RgbaImage) => drawn };
  const canvas = canvasFor(image, inpaint.mask, inpaint, settings);
  const begin = inpaint.content === 'original' ? canvas.image : canvas.filled();
  return { image: begin, mask: greyOf(canvas.mask), finished: canvas.finished };
}

/** White is drawn. */
function greyOf({ width, height, data: shares }: Mask): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  shares.forEach((share, at) => data.set([share, share, share, 255], at * 4));
  return { width, height, data };
}

async function plainPng({ deps }: MakingContext, image: RgbaImage): Promise<Blob> {
  const { width, height } = image;
  const png = await deps.images.pngOfRows({ width, height }, null);
  png.add(image);
  return png.file();
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

function factsOf({ kind, name }: OwnMachine, { settings, model, differs, drawMs }: MachinePicture) {
  return {
    settings,
    model: { id: model.id, revision: model.revision },
    machine: { kind, name },
    differs,
    timings: { encodeMs: 0, denoiseMs: drawMs, decodeMs: 0, runtimeMs: drawMs },
    steps: settings.steps,
  };
}
