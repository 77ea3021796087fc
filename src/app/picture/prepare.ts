/** Makes the engine ready before anything is asked of it, where that saves waiting and costs nothing that counts. */
import { isAbort } from '../../domain/errors.ts';
import { addNotice } from '../engine/engine-state.ts';
import { chosenModel } from '../models/chosen-model.ts';
import { expectedPicture } from './expected-picture.ts';
import type { PictureContext } from './picture-context.ts';

export interface Surroundings {
  /** Calls `work` once the page has nothing to do. */
  readonly whenIdle: (work: () => void) => void;
  /** Every byte and every watt counts: the person saves data, or memory is short. */
  readonly isFrugal: () => boolean;
}

type Parts = Pick<PictureContext, 'store' | 'host' | 'turns'>;

/**
 * Only for the GPU, where the first picture waits for shaders; the CPU has nothing to compile and loads when the prompt is touched. The
 * built-in model comes with the page; of any other nothing is read before the person has loaded it. Again for another size or guidance.
 */
export function prepareAhead({ store, host, turns }: Parts, { whenIdle, isFrugal }: Surroundings): void {
  const done = new Set<string>();
  let waiting = false;

  const schedule = () => {
    if (waiting || isFrugal() || done.has(wanted().key)) return;
    waiting = true;
    whenIdle(() => {
      waiting = false;
      void attempt();
    });
  };

  const wanted = () => {
    const { model, backend } = chosenModel({ store });
    const expected = expectedPicture(store.getState());
    const asked = { model: model.ref, backend, ...expected };
    return { key: JSON.stringify([model.ref.id, model.ref.revision, backend, expected]), asked };
  };

  const isLoaded = () => {
    const { engine } = store.getState();
    return engine.status === 'ready' && engine.model.id === wanted().asked.model.id;
  };

  const attempt = async () => {
    const { key, asked } = wanted();
    const mayRead = asked.model.source.kind === 'http' || isLoaded();
    if (done.has(key) || !mayRead || turns.kinds().length > 0) return;
    done.add(key);
    try {
      if (!(await drawsOnGpu(asked.backend))) return;
      const { ready } = await host.engine().call('prepare', asked, {
        onEvent: (event) => event.phase === 'notice' && addNotice(store, event.notice),
      });
      if (!ready) done.delete(key);
    } catch (error) {
      // Whatever it was, the picture that is asked for meets it too, and tells.
      if (isAbort(error)) done.delete(key);
    }
  };

  const drawsOnGpu = async (backend: string) => {
    const { webgpu } = await host.engine().call('probe', null);
    if (webgpu.status !== 'available' || backend === 'wasm') return false;
    return backend === 'webgpu' || !webgpu.software;
  };

  store.subscribe(schedule);
  schedule();
}
