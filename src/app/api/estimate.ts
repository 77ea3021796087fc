/** How long a film will take here, from this device's own measured steps; where nothing was measured yet, it is measured now. */
import { requestedFilm } from '../../domain/api/film.ts';
import type { VideoRequest } from '../../domain/api/schemas.ts';
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { estimateFilm, filmFacts } from '../../domain/video/estimate.ts';
import { picturesToMake } from '../../domain/video/pictures.ts';
import { planFilm } from '../../domain/video/plan.ts';
import { filmShape } from '../../domain/video/project.ts';
import { sceneSettings } from '../../domain/video/prompts.ts';
import type { DrawnBy, Timing } from '../engine/progress.ts';
import { drawPicture } from '../making/draw-pictures.ts';
import { filmModelOf } from '../making/film-model.ts';
import { loadModel } from '../making/load-model.ts';
import { pictureSec, timingKey } from '../making/timings.ts';
import { createTracker } from '../making/tracker.ts';
import type { ApiHost } from './host.ts';

export async function filmEstimateSec(
  host: ApiHost,
  model: ModelEntry,
  request: VideoRequest,
  signal: AbortSignal,
): Promise<number> {
  const { sampler, guidanceScale } = model.card.defaults;
  const project = requestedFilm(request, { id: 'estimate', seed: 0, guidanceScale, sampler });
  const filmModel = filmModelOf(model, host.loaded());
  const first = sceneSettings(project, project.scenes[0]!, filmModel);
  const timing = await measuredTiming(host, model, first, signal);
  const { generationSec, encodeSec } = estimateFilm(
    planFilm(filmShape(project)),
    filmFacts(project, request.format, null),
    picturesToMake(project, filmModel).length,
    {
      pictureSec: pictureSec(timing, modelCalls(first)),
      measured: host.app.store.getState().encodeTimings[request.format] ?? null,
    },
  );
  return Math.round(((generationSec ?? 0) + encodeSec) * 10) / 10;
}

async function measuredTiming(
  host: ApiHost,
  model: ModelEntry,
  settings: ImageSettings,
  signal: AbortSignal,
): Promise<Timing | undefined> {
  const known = (by: DrawnBy) => host.app.store.getState().timings[timingKey(model.ref, by, settings)];
  // Of another machine nothing is asked before a picture is wanted.
  if (model.ref.source.kind === 'elsewhere') return known('elsewhere');
  const before = known(host.loaded()?.backend ?? (await host.likelyBackend()));
  return before ?? host.inTurn((own) => measure(host, model, settings, known, own), signal);
}

/** The first step warms up, so there are a few more. */
const measuredSteps = 3;

async function measure(
  { app, backend }: ApiHost,
  model: ModelEntry,
  settings: ImageSettings,
  known: (by: DrawnBy) => Timing | undefined,
  signal: AbortSignal,
): Promise<Timing | undefined> {
  const maker = { model, backend: backend() };
  const loaded = await loadModel(app, maker, signal);
  // Someone before us in the queue may have measured it.
  const before = known(loaded.backend);
  if (before) return before;
  const tracker = createTracker(app, model.ref, { steps: measuredSteps, imageCount: 1 }, () => undefined);
  const drawing = { ...maker, settings: { ...settings, steps: measuredSteps } };
  const drawn = await drawPicture(app, drawing, loaded, signal, tracker.event);
  tracker.keep(settings, drawn.backend);
  return known(drawn.backend);
}
