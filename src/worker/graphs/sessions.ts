/** A model's sessions on one runtime: created when first used, one after the other, and let go together or in turn. */
import { AppError } from '../../domain/errors.ts';
import type { ModelComponent } from '../../domain/model/model.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import { componentBytes, type ComponentFiles, type ComponentTable } from './components.ts';
import type { Job } from '../runtime/job.ts';
import type { Graph, Runtime, Session } from '../runtime/runtime.ts';
import { withFloatTimestep } from './timestep-type.ts';
import type { ModelFiles } from '../weights/model-files.ts';

export interface Sessions {
  readonly runtime: Runtime;
  /** Gives `work` the component's session, which it must not keep. Throws as `ModelFiles`, `Runtime` and `work`. */
  use<T>(component: ModelComponent, job: Job, work: (session: Session) => Promise<T>): Promise<T>;
  /** Creates what every picture needs, as far as it fits in memory together. */
  warmUp(job: Job): Promise<void>;
  release(): Promise<void>;
}

export interface SessionsOptions {
  readonly runtime: Runtime;
  readonly files: ModelFiles;
  readonly components: ComponentTable;
  /** Without graph optimisation: see `Runtime.createSession`. */
  readonly careful?: boolean;
}

const everyPicture: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];
/** Files of more than this do not fit into WebAssembly's 4 GiB together: float16 weights double, and a step needs 2 GB at 512 × 512. */
const togetherBytes = 512 * 2 ** 20;

export function createSessions({ runtime, files, components, careful = false }: SessionsOptions): Sessions {
  const open = new Map<ModelComponent, Session>();
  const read = readWithProgress(files, components);
  const totalBytes = everyPicture.reduce((sum, name) => sum + bytesOf(components[name]), 0);
  let inTurn = runtime.backend === 'wasm' && totalBytes > togetherBytes;

  const releaseAll = async () => {
    const sessions = [...open.values()];
    open.clear();
    for (const session of sessions) await session.release();
  };

  /** What does not fit beside the others is made alone, and from then on all take turns; what does not fit alone, with care. */
  const create = async (component: ModelComponent, job: Job): Promise<Session> => {
    if (inTurn) await releaseAll();
    const graph = await read(component, job);
    const make = (withCare: boolean) =>
      withFloatTimestep(graph.model, () => runtime.createSession(graph, { careful: withCare }));
    const makeAlone = async () => {
      inTurn = true;
      await releaseAll();
      return make(careful);
    };
    const first = () => make(careful);
    const attempts = open.size > 0 ? [first, makeAlone, () => make(true)] : [first, () => make(true)];
    const session = await firstThatFits(attempts);
    for (const bytes of [graph.model, ...graph.externalData.map(({ data }) => data)]) files.letGo?.(bytes);
    return session;
  };

  const ensure = async (component: ModelComponent, job: Job): Promise<Session> => {
    const ready = open.get(component);
    if (ready) return ready;
    const count = (done: number) =>
      job.tell({ phase: 'session', component, done, total: Math.max(everyPicture.length, done) });
    count(open.size);
    await yieldToEvents();
    job.signal.throwIfAborted();
    const session = await create(component, job);
    open.set(component, session);
    count(open.size);
    return session;
  };

  return {
    runtime,
    use: async (component, job, work) => work(await ensure(component, job)),
    warmUp: async (job) => {
      for (const component of everyPicture) if (!inTurn) await ensure(component, job);
    },
    release: releaseAll,
  };
}

/** Throws what the last attempt throws, and at once anything but `out-of-memory`. */
async function firstThatFits<T>(attempts: readonly (() => Promise<T>)[]): Promise<T> {
  const [attempt, ...others] = attempts;
  try {
    return await attempt!();
  } catch (error) {
    const noMemory = error instanceof AppError && error.code === 'out-of-memory';
    if (!noMemory || others.length === 0) throw error;
    return firstThatFits(others);
  }
}

/** Reads a component's files and tells of bytes the first time that they come; a component read again is no news. */
function readWithProgress(files: ModelFiles, components: ComponentTable) {
  const totalBytes = everyPicture.reduce((sum, name) => sum + bytesOf(components[name]), 0);
  const told = new Set<string>();
  let loadedBytes = 0;
  let toldBytes = 0;
  return async (component: ModelComponent, { signal, tell }: Job): Promise<Graph> => {
    const { graph, externalData } = found(components, component);
    const news = everyPicture.includes(component) && !told.has(component);
    told.add(component);
    const onBytes = (bytes: number) => {
      if (!news) return;
      loadedBytes += bytes;
      if (loadedBytes - toldBytes < totalBytes / 200 && loadedBytes < totalBytes) return;
      toldBytes = loadedBytes;
      tell({ phase: 'download', loadedBytes, totalBytes });
    };
    const model = await files.readBytes(graph.path, onBytes, signal);
    const folder = graph.path.slice(0, graph.path.lastIndexOf('/') + 1);
    const data = [];
    for (const { path } of externalData)
      data.push({ path: path.slice(folder.length), data: await files.readBytes(path, onBytes, signal) });
    return { model, externalData: data };
  };
}

const bytesOf = (component: ComponentFiles | undefined) => (component ? componentBytes(component) : 0);

function found(components: ComponentTable, component: ModelComponent): ComponentFiles {
  const files = components[component];
  if (!files) throw new AppError('model-incomplete', `The model has no ${component}.`);
  return files;
}
