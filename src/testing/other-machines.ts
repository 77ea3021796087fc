/** Other machines that draw at once, for tests of what the page does with them. */
import type { MachineDraw, Machines } from '../engine/machine-protocol.ts';
import { abortError } from '../engine/rpc.ts';
import type { OwnMachine } from '../app/machines/own-machines.ts';
import type { MakingContext } from '../app/making/making-context.ts';
import { openApiPage } from './api-page.ts';

export const machine = (id: string): OwnMachine => ({
  ...{ id, kind: 'a1111', name: `The ${id}`, address: `http://${id}.lan`, agreed: true, model: null },
  helps: true,
  capabilities: {
    models: [{ id: 'dream', name: 'Dream', revision: 'abc', nativeSide: 512 }],
    samplers: ['model', 'ddim'],
    sizes: { multiple: 8, side: { min: 64, max: 2048 }, maxPixels: 2048 * 2048 },
    steps: { min: 1, max: 150 },
    can: ['seed', 'size', 'negative-prompt', 'guidance', 'sampler', 'cancel'],
  },
});

/** Machines that draw at once, in the order that they are asked; those named in `dead` fail. */
export function elsewhere(own: readonly OwnMachine[], dead: readonly string[] = []) {
  const drawn: { host: string; draw: MachineDraw }[] = [];
  const call = (_: string, params: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    const { machine: at, draw } = params as { machine: { address: string }; draw: MachineDraw };
    const host = new URL(at.address).hostname;
    if (signal?.aborted) return Promise.reject(abortError());
    if (dead.includes(host)) return Promise.reject(new Error('cut'));
    drawn.push({ host, draw });
    const model = { id: 'dream', name: 'Dream', revision: 'abc' };
    return Promise.resolve({ file: new Blob(), settings: draw.settings, model, differs: [], drawMs: 5 });
  };
  const machines = {
    find: (id: string) => own.find((each) => each.id === id),
    address: ({ kind, address }: OwnMachine) => ({ kind, address, key: 'secret-key' }),
    helpers: () => own,
    open: () => Promise.resolve({ call, terminate: () => undefined } as unknown as Machines),
  };
  const images = {
    decode: (_: Blob, { width, height }: { width: number; height: number }) =>
      Promise.resolve({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
  };
  return { drawn, machines, images };
}

/** What making needs, with a clock that goes on as soon as somebody waits for it: else rests and silences would never end. */
export function contextWith(options: Omit<ReturnType<typeof elsewhere>, 'drawn'>): MakingContext {
  const { context } = openApiPage(options).app;
  let nowMs = 0;
  const pause = (forMs: number) =>
    new Promise<void>((resolve) => setImmediate(() => resolve(void (nowMs += forMs))));
  return { ...context, deps: { ...context.deps, now: () => nowMs, pause } };
}
