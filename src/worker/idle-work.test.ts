import { describe, expect, it } from 'vitest';
import type { EngineNotice, LoadEvent } from '../engine/protocol.ts';
import { deviceReport, miniature, settings, testEngine, wasm } from '../testing/engine-rig.ts';
import { faultyRuntime, type Faults } from '../testing/faulty-runtime.ts';
import type { Runtime } from './runtime/runtime.ts';

const asked = { model: miniature, backend: 'auto', width: 64, height: 64, guidanceScale: 5 } as const;
const never = new AbortController().signal;

/** An engine on a GPU that notes what is made and run; `during` is called before each. */
async function idleEngine(during: (what: string) => void | Promise<void> = () => undefined) {
  const story: string[] = [];
  const note = (what: string) => {
    story.push(what);
    return during(what);
  };
  const inner = await wasm();
  const faults: Faults = {
    beforeRun: (output) => note(`run ${output}`),
    beforeCreate: () => void story.push('session'),
  };
  const runtime: Runtime = faultyRuntime(inner, 'webgpu', faults);
  const engine = testEngine({
    probe: () => Promise.resolve(deviceReport(true)),
    open: () => Promise.resolve(runtime),
  });
  const prepare = (emit: (event: LoadEvent) => void = () => undefined) =>
    engine.handlers.prepare(asked, { signal: never, emit });
  return { engine, story, prepare, inner };
}

const outputs = ['run last_hidden_state', 'run out_sample', 'run sample'];

describe('what the first picture would wait for', () => {
  it('is done beforehand on the GPU: sessions and a run of each', async () => {
    const { engine, story, prepare } = await idleEngine();
    expect(await prepare()).toEqual({ ready: true });
    expect(story.filter((what) => what === 'session')).toHaveLength(3);
    expect(story).toEqual(expect.arrayContaining(outputs));
    const before = story.length;
    await engine.generate({ settings: { ...settings, steps: 1 } });
    expect(story.slice(before)).not.toContain('session');
  });

  it('is sessions only on the CPU', async () => {
    const engine = testEngine();
    const events: LoadEvent[] = [];
    const emit = (event: LoadEvent) => void events.push(event);
    expect(await engine.handlers.prepare(asked, { signal: never, emit })).toEqual({ ready: true });
    expect(events.some(({ phase }) => phase === 'session')).toBe(true);
  });

  it('changes nothing of the picture', async () => {
    const plain = await testEngine().generate();
    const { engine, prepare } = await idleEngine();
    await prepare();
    expect((await engine.generate()).images).toEqual(plain.images);
  });
});

describe('a real request', () => {
  it('waits for one step of the preparation, whose rest is left', async () => {
    const asking: { now: (() => void) | null } = { now: null };
    const { engine, story, prepare } = await idleEngine((what) => {
      if (what === 'run last_hidden_state') asking.now?.();
    });
    let picture: Promise<unknown> | undefined;
    asking.now = () => {
      asking.now = null;
      picture = engine.generate({ settings: { ...settings, steps: 1 } });
    };
    expect(await prepare()).toEqual({ ready: false });
    await picture;
    // One prediction and one decoded picture: the preparation had made none.
    expect(story.filter((what) => what === 'run out_sample')).toHaveLength(1);
    expect(story.filter((what) => what === 'run sample')).toHaveLength(1);
  });

  it('for another model breaks it off, and nothing of it is left', async () => {
    const asking: { now: (() => void) | null } = { now: null };
    const { engine, prepare, inner } = await idleEngine((what) => {
      if (what === 'run last_hidden_state') asking.now?.();
    });
    const before = inner.liveSessions;
    let other: Promise<unknown> | undefined;
    asking.now = () => {
      asking.now = null;
      other = engine.load({ model: { ...miniature, id: 'another' } });
    };
    expect(await prepare()).toEqual({ ready: false });
    await other;
    expect(inner.liveSessions - before).toBe(3);
    await engine.unload();
    expect(inner.liveSessions).toBe(before);
  });

  it('that meets the download of its own model goes on with it, and is told how far it is', async () => {
    const { engine, prepare } = await idleEngine();
    const preparing = prepare();
    const { events } = await engine.load();
    expect(await preparing).toEqual({ ready: false });
    const notices: readonly EngineNotice[] = events.flatMap((event) =>
      event.phase === 'notice' ? [event.notice] : [],
    );
    expect(notices).toEqual([]);
    expect(events.some(({ phase }) => phase === 'session')).toBe(true);
  });
});
