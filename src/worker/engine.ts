/** The engine's answers to the page: one job at a time, one model at a time. */
import type { ModelRef } from '../domain/model/model.ts';
import type { BackendChoice, DeviceReport, EngineCalls, LoadEvent } from '../engine/protocol.ts';
import type { CallContext, CallHandlers } from '../engine/rpc.ts';
import { backendOf } from './graphs/fallback-sessions.ts';
import { AppError, isAbort } from '../domain/errors.ts';
import { createIdleWork } from './idle-work.ts';
import { checkEnlargedSize, enlargeByFilter } from './pipeline/enlarge.ts';
import { makeReady } from './pipeline/make-ready.ts';
import { enlargeByDetail } from './pipeline/enlarge-detail.ts';
import { generate, possibleSettings, type GenerateJob } from './pipeline/generate.ts';
import type { UpscaleByNetwork } from './pipeline/hires.ts';
import { validateDetail } from './pipeline/validate.ts';
import type { Job } from './runtime/job.ts';
import { createLock } from './runtime/lock.ts';
import { describeModel, openModel, type Model } from './model/model.ts';
import { expectedNeeds } from './pipeline/picture-needs.ts';
import { countTokens } from './model/prompt-encoder.ts';
import type { OpenRuntime } from './runtime/runtime.ts';
import { createRuntimes } from './graphs/runtimes.ts';
import type { Tokenizer } from './model/tokenizer.ts';
import type { Extras } from './weights/no-extras.ts';
import type { ModelFiles } from './weights/model-files.ts';
import { readAhead } from './weights/read-ahead.ts';

export interface EngineParts {
  /** Never throws. */
  readonly probe: () => Promise<DeviceReport>;
  /** Throws `backend-unavailable`. */
  readonly openRuntime: OpenRuntime;
  readonly openFiles: (model: ModelRef) => Promise<ModelFiles>;
  /** LoRAs and embeddings that a person added. */
  readonly openExtras: (model: ModelRef) => Promise<Extras>;
  readonly loadTokenizer: (files: ModelFiles) => Promise<Tokenizer>;
}

export function createEngine(parts: EngineParts): CallHandlers<EngineCalls> {
  const oneAtATime = createLock();
  const idle = createIdleWork();
  const models = createModelHolder(parts);

  return {
    probe: () => parts.probe(),

    load: ({ model: ref, backend, ready }, context) => {
      const job = jobOf(context);
      idle.giveWay(keyOf(ref), job.tell);
      return oneAtATime(async () => {
        const model = await models.open(ref, backend);
        if (ready) await model.sessions.warmUp(expectedNeeds(model, ready), job);
        return describeModel(ref, model);
      }, context.signal);
    },

    prepare: async ({ model: ref, backend, ...expected }, context) => {
      const { job, mayGoOn, end } = idle.begin(keyOf(ref), jobOf(context));
      const work = async () => {
        const model = await models.open(ref, backend);
        return { ready: await makeReady(model, expected, job, mayGoOn) };
      };
      try {
        return await oneAtATime(work, job.signal);
      } catch (error) {
        if (isAbort(error) && !context.signal.aborted) return { ready: false };
        throw error;
      } finally {
        end();
      }
    },

    generate: (params, context) => {
      const job = jobOf(context);
      idle.giveWay(keyOf(params.model), job.tell);
      return oneAtATime(async () => {
        const model = await models.open(params.model, params.backend);
        const show: GenerateJob['show'] = (event, transfer) => context.emit(event, transfer);
        await generate(model, params, { ...job, show }, noNetwork);
        return { backend: model.sessions.backend };
      }, context.signal);
    },

    enlarge: async ({ image, scale, by }, context) => {
      checkEnlargedSize({ image, scale });
      const size = { width: image.width * scale, height: image.height * scale };
      const show = context.emit.bind(context);
      const job = { ...jobOf(context), show };
      // The filter needs no turn: it is there at once.
      if (by.how === 'filter') {
        await enlargeByFilter(image, scale, job);
        return { ...size, backend: null, extras: [] };
      }
      if (by.how === 'network') throw new AppError('bad-input', 'network: not yet.', { field: 'how' });
      idle.giveWay(keyOf(by.model), job.tell);
      return oneAtATime(async () => {
        const model = await models.open(by.model, by.backend);
        validateDetail(by, { sizeMultiple: model.config.sizeMultiple, canEncode: model.canEncode });
        const settings = possibleSettings(model, by.settings, job);
        const extras = await model.useExtras(settings);
        await enlargeByDetail(model, { image, scale, by: { ...by, settings } }, job);
        return { ...size, backend: model.sessions.backend, extras };
      }, context.signal);
    },

    // Not in the queue: the page counts while a picture is being made.
    countTokens: async ({ model: ref, text, calls }) => {
      const tokenizer = models.opened(ref)?.tokenizer ?? (await models.tokenizer(ref));
      return countTokens(tokenizer, text, calls);
    },

    unload: () => {
      idle.giveWay(null);
      return oneAtATime(() => models.letGo().then(() => null));
    },
  };
}

const noNetwork: UpscaleByNetwork = (name) =>
  Promise.reject(
    new AppError('bad-input', `There is no upscaler “${name}” in this browser.`, { field: 'hires' }),
  );

const jobOf = (context: CallContext<LoadEvent>): Job => ({
  signal: context.signal,
  tell: (event) => context.emit(event),
});

/** Holds the one model that is open. */
function createModelHolder(parts: EngineParts) {
  const runtimes = createRuntimes(parts.openRuntime, parts.probe);
  let current: { readonly key: string; readonly choice: BackendChoice; readonly model: Model } | undefined;
  let read: { readonly key: string; readonly tokenizer: Promise<Tokenizer> } | undefined;

  const tokenizer = (ref: ModelRef): Promise<Tokenizer> => {
    const key = keyOf(ref);
    if (read?.key === key) return read.tokenizer;
    const entry = { key, tokenizer: parts.openFiles(ref).then((files) => parts.loadTokenizer(files)) };
    read = entry;
    entry.tokenizer.catch(() => {
      if (read === entry) read = undefined;
    });
    return entry.tokenizer;
  };

  /** Beside the page only: what is stored here already is read when it is needed. */
  const openAhead = async (ref: ModelRef): Promise<ModelFiles> => {
    const files = await parts.openFiles(ref);
    return ref.source.kind === 'http' ? readAhead(files) : files;
  };

  const letGo = async () => {
    const old = current;
    current = undefined;
    await old?.model.sessions.release();
  };

  /** The model that is open, if it is the one that is asked for; a job that fell back to WASM stays there. */
  const open = async (ref: ModelRef, choice: BackendChoice): Promise<Model> => {
    const extras = await parts.openExtras(ref);
    const key = `${keyOf(ref)} ${extras.key}`;
    const ahead = current?.key === key ? null : openAhead(ref);
    // Told below, where it is waited for.
    ahead?.catch(() => undefined);
    const mode = await runtimes.choose(choice);
    if (current?.key === key) {
      const fits = current.choice === choice || current.model.sessions.backend === backendOf(mode);
      if (fits) return current.model;
    }
    await letGo();
    // Started early: it loads while the model's small files are read. A failure shows when it is opened in earnest.
    runtimes.open(mode).catch(() => undefined);
    const [files, words] = await Promise.all([ahead ?? openAhead(ref), tokenizer(ref)]);
    const model = await openModel({
      files,
      tokenizer: words,
      extras,
      mode,
      openRuntime: runtimes.open,
      onFailure: runtimes.failed,
    });
    current = { key, choice, model };
    return model;
  };

  const opened = (ref: ModelRef) => (current?.key.startsWith(`${keyOf(ref)} `) ? current.model : undefined);

  return { open, opened, letGo, tokenizer };
}

const keyOf = ({ id, revision, source }: ModelRef) =>
  JSON.stringify([id, revision, source.kind === 'http' ? source.baseUrl : '']);
