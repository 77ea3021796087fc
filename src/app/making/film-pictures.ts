/** One picture of a film, from its task to a PNG. Knows nothing of storyboards, so that the API makes films with it too. */
import { AppError } from '../../domain/errors.ts';
import type { PictureTask } from '../../domain/video/pictures.ts';
import type { BackendChoice, GenerateEvent, GenerateParams } from '../../engine/protocol.ts';
import type { AppContext } from '../shell/app-context.ts';
import type { ModelEntry } from '../shell/app-state.ts';

export interface PictureMaker {
  readonly model: ModelEntry;
  readonly backend: BackendChoice;
}

type ImageEvent = Extract<GenerateEvent, { phase: 'image' }>;

/** Throws as the engine's `generate`. */
export async function makePicture(
  app: AppContext,
  task: PictureTask,
  { model, backend }: PictureMaker,
  signal: AbortSignal,
  onEvent: (event: GenerateEvent) => void,
): Promise<Blob> {
  let made: ImageEvent | undefined;
  const listen = (event: GenerateEvent) => {
    if (event.phase === 'image') made = event;
    onEvent(event);
  };
  const params: GenerateParams = { model: model.ref, backend, count: 1, ...engineSettings(task) };
  const result = await app.host.engine().call('generate', params, { signal, onEvent: listen });
  if (!made) throw new AppError('internal', 'The engine ended without a picture.');
  const { id, revision } = model.ref;
  return app.deps.images.encode(made.image, {
    version: 1,
    kind: 'image',
    settings: made.settings,
    model: { id, revision },
    backend: result.backend,
    app: app.deps.appName,
  });
}

function engineSettings(task: PictureTask): Pick<GenerateParams, 'settings' | 'morph'> {
  if (task.kind === 'scene') return { settings: task.settings };
  const { from, to, amount } = task.settings;
  const { prompt, negativePrompt, seed } = to;
  return { settings: from, morph: { prompt, negativePrompt, seed, amount } };
}
