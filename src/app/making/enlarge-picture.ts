/** One call of the engine: from a finished picture to a file of a larger one, which is written as its rows come. */
import type { EnlargeScale, Enlarging } from '../../domain/diffusion/edit/enlarging.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { EnlargeBy, EnlargeEvent } from '../../engine/protocol.ts';
import { addNotice } from '../engine/engine-state.ts';
import type { Maker, MakingContext, Size } from './making-context.ts';

export interface WantedEnlarging {
  readonly file: Blob;
  readonly scale: EnlargeScale;
  readonly by:
    | { readonly how: 'filter' }
    /** Width and height of the settings are those of a tile. */
    | ({
        readonly how: 'detail';
        readonly settings: ImageSettings;
        readonly strength: number;
        readonly overlapPx: number;
      } & Maker)
    | ({ readonly how: 'network'; readonly network: string } & Pick<Maker, 'backend'>);
  /** Of the picture as it was; null where it tells nothing. */
  readonly recipe: ImageRecipe | null;
}

export interface EnlargedPicture extends Size {
  readonly file: Blob;
  /** Null where there was none, and nothing was drawn. */
  readonly recipe: ImageRecipe | null;
}

/** Throws as the engine's `enlarge`, and `not-an-image`. */
export async function enlargePicture(
  context: MakingContext,
  wanted: WantedEnlarging,
  signal: AbortSignal,
  onEvent: (event: Exclude<EnlargeEvent, { phase: 'rows' | 'notice' }>) => void,
): Promise<EnlargedPicture> {
  const { deps, host, store } = context;
  const { file, scale } = wanted;
  const letSleep = deps.keepAwake();
  try {
    const image = await deps.images.decode(file, await deps.images.measure(file));
    const size = { width: image.width * scale, height: image.height * scale };
    const recipe = enlargedRecipe(wanted, deps.appName);
    const png = await deps.images.pngOfRows(size, recipe);
    const listen = (event: EnlargeEvent) => {
      if (event.phase === 'rows') png.add(event.rows);
      else if (event.phase === 'notice') addNotice(store, event.notice);
      else onEvent(event);
    };
    const params = { image, scale, by: engineBy(wanted.by) };
    const transfer = [image.data.buffer];
    await host.engine().call('enlarge', params, { signal, onEvent: listen, transfer });
    return { file: await png.file(), recipe, ...size };
  } finally {
    letSleep();
  }
}

function engineBy(by: WantedEnlarging['by']): EnlargeBy {
  if (by.how !== 'detail') return by;
  const { model, ...others } = by;
  return { ...others, model: model.ref };
}

/** A picture that was drawn over has the settings of that; else it keeps its own. */
function enlargedRecipe({ by, scale, recipe }: WantedEnlarging, app: string): ImageRecipe | null {
  if (by.how === 'detail') {
    const { settings, strength, overlapPx, model } = by;
    const { id, revision } = model.ref;
    const enlarged: Enlarging = { how: 'detail', scale, strength, tilePx: settings.width, overlapPx };
    return { version: 1, kind: 'image', settings, model: { id, revision }, enlarged, app };
  }
  const enlarged: Enlarging =
    by.how === 'filter' ? { how: 'filter', scale } : { how: by.how, scale, network: by.network };
  return recipe && { ...recipe, enlarged };
}
