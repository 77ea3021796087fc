/** Everything that can come in by the address or from the system: shared pictures, opened files, recipe links. */
import { AppError } from '../../domain/errors.ts';
import type { AppStore } from '../shell/app-store.ts';
import { takeShared, watchLaunches, withoutShare } from './inbox.ts';

const recipePrefix = '#r=';

export function watchArrivals(app: AppStore): void {
  void openShared(app);
  void openRecipe(app, location.hash);
  window.addEventListener('hashchange', () => void openRecipe(app, location.hash));
  watchLaunches(
    window,
    (file) => void app.actions.openFile(file, file.name),
    (address) => {
      if (address.hash !== '') location.hash = address.hash;
    },
  );
}

async function openShared({ actions }: AppStore): Promise<void> {
  const address = new URL(location.href);
  const delivery = await takeShared(new URL('./', document.baseURI).href, address);
  if (!delivery) return;
  history.replaceState(null, '', withoutShare(address));
  if (delivery.text !== '') actions.edit({ prompt: delivery.text });
  for (const file of delivery.files.slice(0, 1)) await actions.openFile(file, file.name);
  if (delivery.files.length > 1) actions.tell('Several pictures were shared; the first one was taken.');
}

/** The fragment is taken out of the address, so that a reload does not undo what the person changed since. */
async function openRecipe({ actions }: AppStore, hash: string): Promise<void> {
  if (!hash.startsWith(recipePrefix)) return;
  history.replaceState(null, '', '#/picture');
  try {
    const { readRecipeLink } = await import('../share/recipe-link.ts');
    const recipe = await readRecipeLink(hash);
    if (recipe) actions.openRecipe(recipe, 'the link');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    actions.tell(error.message);
  }
}
