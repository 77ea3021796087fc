/** An engine whose answers the test holds and lets go: for stories about the page's state. */
import { settingsOfPicture } from '../domain/diffusion/image-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { RgbaImage } from '../domain/diffusion/image/image.ts';
import type { Engine, EngineCalls, GenerateEvent, GenerateParams, LoadedModel } from '../engine/protocol.ts';
import { abortError } from '../engine/rpc.ts';

type Name = keyof EngineCalls;

export interface HeldCall<N extends Name = Name> {
  readonly name: N;
  readonly params: EngineCalls[N]['params'];
  readonly emit: (event: EngineCalls[N]['event']) => void;
  readonly resolve: (result: EngineCalls[N]['result']) => void;
  readonly reject: (error: unknown) => void;
  readonly aborted: () => boolean;
}

export function heldEngine() {
  const arrived: HeldCall[] = [];
  const awaited: { name: Name; resolve: (call: never) => void }[] = [];
  let crash: ((error: AppError) => void) | null = null;

  const arrive = (call: HeldCall) => {
    const index = awaited.findIndex((waiting) => waiting.name === call.name);
    if (index < 0) arrived.push(call);
    else awaited.splice(index, 1)[0]?.resolve(call as never);
  };
  const engine: Engine = {
    call: (name, params, { signal, onEvent } = {}) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(abortError()), { once: true });
        const emit = (event: never) => onEvent?.(event);
        const aborted = () => signal?.aborted ?? false;
        arrive({ name, params, emit, resolve, reject, aborted } as unknown as HeldCall);
      }),
    terminate: () => crash?.(new AppError('worker-crashed', 'the worker was stopped')),
  };

  return {
    starts: 0,
    create(onCrash: (error: AppError) => void): Engine {
      this.starts += 1;
      crash = onCrash;
      return engine;
    },
    /** The next call of that name, now or when it comes. */
    next: <N extends Name>(name: N): Promise<HeldCall<N>> => {
      const index = arrived.findIndex((call) => call.name === name);
      if (index >= 0) return Promise.resolve(arrived.splice(index, 1)[0] as unknown as HeldCall<N>);
      return new Promise((resolve) => awaited.push({ name, resolve }));
    },
    /** As `rpcClient` does when the worker dies: the caller rejects its open calls too. */
    crash: (error: AppError) => crash?.(error),
  };
}

export const loadedModel: LoadedModel = {
  id: 'built-in',
  revision: 'r1',
  backend: 'wasm',
  nativeWidth: 256,
  nativeHeight: 256,
  sizeMultiple: 32,
  latentChannels: 4,
  predictionType: 'v_prediction',
  schedulerClass: 'DDIMScheduler',
  canEncode: true,
};

const tinyImage: RgbaImage = { width: 1, height: 1, data: new Uint8ClampedArray([1, 2, 3, 255]) };

/** What a real engine tells of picture `imageIndex`: every step, then the picture. */
export function pictureEvents(params: GenerateParams, imageIndex: number, stepMs = 100): GenerateEvent[] {
  const { settings, count: imageCount } = params;
  const { steps } = settings;
  const at = { imageIndex, imageCount };
  const denoise = Array.from({ length: steps }, (_, step): GenerateEvent => ({
    phase: 'denoise',
    ...at,
    step: step + 1,
    steps,
    call: step + 1,
    calls: steps,
    callMs: stepMs,
    preview: tinyImage,
  }));
  return [
    { phase: 'encode' },
    ...denoise,
    { phase: 'decode', ...at },
    {
      phase: 'image',
      ...at,
      image: tinyImage,
      settings: settingsOfPicture(settings, imageIndex),
      timings: { encodeMs: 10, denoiseMs: steps * stepMs, decodeMs: 40, runtimeMs: steps * stepMs },
    },
  ];
}
