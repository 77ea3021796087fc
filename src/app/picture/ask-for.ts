/** One job of the line, from settings that were checked. */
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { JobSource, PictureJob } from '../../domain/recipe/queue-job.ts';
import { chosenModel } from '../models/chosen-model.ts';
import type { DrawnRun } from './drawn-runs.ts';
import type { KeptSource, PictureContext } from './picture-context.ts';

export function askFor(
  context: PictureContext,
  { settings, count }: DrawnRun,
  source: KeptSource | null = currentSource(context),
): void {
  const job: PictureJob = {
    kind: 'picture',
    label: settings.prompt,
    ...chosen(context),
    settings: source ? withoutHires(settings) : settings,
    count,
    made: 0,
    source: source && jobSource(source),
  };
  context.queue.add(job, source?.file);
}

/** Not there at all: a record that names it must have it. */
function withoutHires(settings: ImageSettings): ImageSettings {
  return Object.fromEntries(
    Object.entries(settings).filter(([field]) => field !== 'hires'),
  ) as unknown as ImageSettings;
}

function jobSource({ name, strength, from, inpaint }: KeptSource): JobSource {
  return { name, strength, ...(from !== undefined && { from }), ...(inpaint && { inpaint }) };
}

export function chosen(context: PictureContext): Pick<PictureJob, 'model' | 'backend'> {
  const { model, backend } = chosenModel(context);
  return { model: { id: model.ref.id, revision: model.ref.revision }, backend };
}

function currentSource({ store, open }: PictureContext): KeptSource | null {
  const { source, draft } = store.getState();
  return open.source && source ? { file: open.source, name: source.name, strength: draft.strength } : null;
}
