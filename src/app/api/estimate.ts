/** How long a film will take here, from this device's own measured steps; where nothing was measured yet, it is measured now. */
import { requestedFilm } from '../../domain/api/film.ts';
import type { VideoRequest } from '../../domain/api/schemas.ts';
import type { ImageSettings } from '../../domain/recipe/settings.ts';
import { estimateFilm } from '../../domain/video/estimate.ts';
import { planFilm } from '../../domain/video/plan.ts';
import { filmShape } from '../../domain/video/project.ts';
import { picturesToMake, type FilmModel } from '../../domain/video/pictures.ts';
import { sceneSettings } from '../../domain/video/prompts.ts';
import type { LoadedModel } from '../../engine/protocol.ts';
import type { ModelEntry } from '../shell/app-state.ts';
import { pictureSec } from '../making/timings.ts';
import { advance, beginProgress, type Timing } from '../engine/progress.ts';
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
    project,
    picturesToMake(project, filmModel).length,
    { pictureSec: pictureSec(timing, first.steps), encodeSecPerMegapixel: null, bytesPerMegapixel: null },
  );
  return Math.round(((generationSec ?? 0) + encodeSec) * 10) / 10;
}

/** What is known of a model; its own files know better than its card. */
export function filmModelOf({ ref, card }: ModelEntry, loaded: LoadedModel | null): FilmModel {
  const { id, revision } = ref;
  const { width, height } = card.defaults;
  const told = { nativeWidth: width, nativeHeight: height, sizeMultiple: card.sizeMultiple };
  const { nativeWidth, nativeHeight, sizeMultiple } = loaded?.id === id ? loaded : told;
  return { id, revision, nativeWidth, nativeHeight, sizeMultiple };
}

async function measuredTiming(
  host: ApiHost,
  model: ModelEntry,
  settings: ImageSettings,
  signal: AbortSignal,
): Promise<Timing | undefined> {
  const backend = host.loaded()?.backend ?? (await host.likelyBackend());
  return (
    host.timing(model, backend, settings) ?? host.inTurn((own) => measure(host, model, settings, own), signal)
  );
}

/** The first step warms up, so there are a few more. */
const measuredSteps = 3;

async function measure(
  host: ApiHost,
  model: ModelEntry,
  settings: ImageSettings,
  signal: AbortSignal,
): Promise<Timing | undefined> {
  const loaded = await host.load(model, signal);
  // Someone before us in the line may have measured it.
  const known = host.timing(model, loaded.backend, settings);
  if (known) return known;
  let progress = beginProgress(measuredSteps, 1, null);
  const short = { ...settings, steps: measuredSteps };
  const { backend } = await host.generate(model, short, signal, (event) => {
    progress = advance(progress, event);
  });
  if (progress.timing) host.keepTiming(model, backend, settings, progress.timing);
  return progress.timing ?? undefined;
}
