/** This device: the first engine. */
import { AppError } from '../../domain/errors.ts';
import type { Backend, GenerateEvent } from '../../engine/protocol.ts';
import { addNotice, loadedModel } from '../engine/engine-state.ts';
import { loadModel } from './load-model.ts';
import type { MakingContext } from './making-context.ts';
import type { DrawHooks, Drawing, OpenModel, PictureEngine } from './picture-engine.ts';

export const deviceEngine = (context: MakingContext): PictureEngine => ({
  open: (wanted, signal, onEvent) => loadModel(context, wanted, signal, onEvent),
  draw: (drawing, opened, hooks) => draw(context, drawing, opened, hooks),
});

async function draw(
  context: MakingContext,
  drawing: Drawing,
  opened: OpenModel,
  { signal, onEvent, onDrawn }: DrawHooks,
): Promise<Backend> {
  const { model, backend, settings, count, morph } = drawing;
  const source = await readSource(context, drawing, opened);
  const { id, revision } = model.ref;
  let now = opened.backend as Backend;
  let steps = settings.steps;
  const listen = (event: GenerateEvent) => {
    if (event.phase === 'notice') {
      addNotice(context.store, event.notice);
      if (event.notice.kind === 'backend-fallback') now = event.notice.to;
    }
    if (event.phase === 'denoise') steps = event.steps;
    onEvent(event);
    if (event.phase === 'image') onDrawn({ ...event, model: { id, revision }, backend: now, steps });
  };
  const params = {
    model: model.ref,
    backend,
    settings,
    count,
    ...(source && { source }),
    ...(morph && { morph }),
  };
  const transfer = source ? [source.image.data.buffer] : [];
  const result = await context.host.engine().call('generate', params, { signal, onEvent: listen, transfer });
  tellBackend(context, result.backend);
  return result.backend;
}

/** It may have changed on the way. */
function tellBackend({ store }: MakingContext, backend: Backend): void {
  const loaded = loadedModel(store);
  if (!loaded || loaded.backend === backend) return;
  store.setState({ engine: { status: 'ready', model: { ...loaded, backend } } });
}

async function readSource({ deps }: MakingContext, { source, settings }: Drawing, { canEncode }: OpenModel) {
  if (!source) return null;
  if (!canEncode) {
    throw new AppError('bad-input', 'This model cannot begin from a picture.', { field: 'source' });
  }
  const { file, strength, inpaint } = source;
  const image = await deps.images.decode(file, inpaint?.mask ?? settings);
  return { image, strength, ...(inpaint && { inpaint }) };
}
