/**
 * Everything the page says to other machines, and they to it: one interface, whatever speaks there. The worker of `src/elsewhere/` has an adapter
 * for each kind.
 */
import type { ImageSettings } from '../domain/diffusion/image-settings.ts';
import type { SamplerId } from '../domain/diffusion/samplers/choices.ts';
import type { Range } from '../domain/limits.ts';
import type { MachineKind } from '../domain/machine.ts';
import type { RpcClient } from './rpc.ts';

/** Where it is, and what it is let in with. */
export interface MachineAddress {
  readonly kind: MachineKind;
  /** Where its API begins, without a slash at the end: `http://192.168.1.7:7860`. Nothing else is ever asked. */
  readonly address: string;
  /** The Horde's key, a pairing token, or `user:password` (A1111's `--api-auth`). */
  readonly key?: string;
}

/** What may be asked of a machine, beside a prompt and a number of steps. What it cannot do is not offered. */
export const machineFeatures = [
  'negative-prompt',
  'guidance',
  'seed',
  'size',
  'sampler',
  'schedule',
  'noise',
  'variation',
  'vae',
  'hires',
  'clip-skip',
  'speed',
  'lora',
  'img2img',
  'inpaint',
  'morph',
  'preview',
  'cancel',
] as const;
export type MachineFeature = (typeof machineFeatures)[number];

export interface MachineModel {
  /** As the machine calls it. */
  readonly id: string;
  readonly name: string;
  /** A hash of its weights where the machine tells one; else empty. */
  readonly revision: string;
  /** Pixels of a side that it was trained at, as far as its name tells. */
  readonly nativeSide: number;
}

/** Pixels. */
export interface MachineSizes {
  readonly multiple: number;
  readonly side: Range;
  readonly maxPixels: number;
}

export interface MachineCapabilities {
  /** The first is the one that it has loaded, or that most ask for. */
  readonly models: readonly MachineModel[];
  /** Ours that it knows. `model`: it chooses. */
  readonly samplers: readonly (SamplerId | 'model')[];
  readonly sizes: MachineSizes;
  readonly steps: Range;
  readonly can: readonly MachineFeature[];
}

/** One picture. Only what the machine's capabilities name is looked at. */
export interface MachineDraw {
  /** `MachineModel.id`. */
  readonly model: string;
  readonly settings: ImageSettings;
  /** Image-to-image. `strength` 0 (keep) … 1 (ignore). */
  readonly source?: { readonly file: Blob; readonly strength: number };
  /** What is drawn anew of the source is white, the rest black; of the same size. */
  readonly mask?: Blob;
}

/** Facts on the way. Null: the machine does not tell. */
export type MachineEvent =
  | { readonly phase: 'sending' }
  /** `place` 0: it is next. */
  | { readonly phase: 'queued'; readonly place: number | null; readonly leftMs: number | null }
  | {
      readonly phase: 'drawing';
      /** 0 … 1 */
      readonly fraction: number | null;
      readonly step: number | null;
      readonly leftMs: number | null;
      /** The picture so far, as the machine sends it: any format that the browser reads. */
      readonly preview?: Blob;
    }
  | { readonly phase: 'receiving' };

/** What came out. */
export interface MachinePicture {
  /** Whole and readable as far as its own structure tells. */
  readonly file: Blob;
  /** What it was really drawn with. A seed that the machine does not tell stands as it was asked for. */
  readonly settings: ImageSettings;
  readonly model: Pick<MachineModel, 'id' | 'name' | 'revision'>;
  /** What was asked for and is not so. */
  readonly differs: readonly MachineDifference[];
  /** From the moment that it was drawn, not waited for. */
  readonly drawMs: number;
}

/** `seed`: another was used than asked for. `seed-unknown`: the machine does not tell which. */
export type MachineDifference = 'seed' | 'seed-unknown' | 'size' | 'sampler' | 'steps' | 'model';

/** What a picture costs in the machine's own coin, told before it is asked for. */
export interface MachineQuote {
  readonly kudos: number;
  /** What the account has; null for an anonymous one. */
  readonly balance: number | null;
}

/**
 * Failures are `AppError`s with `elsewhere` (`MachineTrouble`): `machine-unreachable`, `machine-refused` (its key or pairing), `machine-busy`
 * (come back later), `machine-failed` (it said no), `machine-answer` (what it sent cannot be read), `machine-censored`, `timed-out`, and
 * `bad-input` with a field for what it cannot do.
 */
export interface MachineCalls {
  /** With another Zoetrope, by the code that it shows: what it lets this device in with from then on. */
  pair: {
    params: { readonly machine: MachineAddress; readonly code: string };
    event: never;
    result: string;
  };
  /** Asks the machine, every time. */
  capabilities: {
    params: { readonly machine: MachineAddress };
    event: never;
    result: MachineCapabilities;
  };
  /** Null where pictures cost nothing. */
  quote: {
    params: { readonly machine: MachineAddress; readonly draw: MachineDraw };
    event: never;
    result: MachineQuote | null;
  };
  /** Rejects with an `AbortError` once the machine has been told to stop, or could not be reached to be told. */
  draw: {
    params: { readonly machine: MachineAddress; readonly draw: MachineDraw };
    event: MachineEvent;
    result: MachinePicture;
  };
}

/** What the page knows of other machines: `rpcClient` over the worker. */
export type Machines = RpcClient<MachineCalls>;
