/** Everything that can come in by the address or from the system: shared pictures, opened files, recipe links. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import type { PwaPage } from './pwa-page.ts';
import { takeShared, watchLaunches, withoutShare } from './inbox.ts';
import { message } from '../words/message.ts';

const recipePrefix = '#r=';

export function watchArrivals(app: PwaPage): void {
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

async function openShared({ actions }: PwaPage): Promise<void> {
  const address = new URL(location.href);
  const delivery = await takeShared(new URL('./', document.baseURI).href, address);
  if (!delivery) return;
  history.replaceState(null, '', withoutShare(address));
  const { text } = delivery;
  if (text !== '' && !(await actions.openText(text))) actions.edit({ prompt: text });
  for (const file of delivery.files.slice(0, 1)) await actions.openFile(file, file.name);
  if (delivery.files.length > 1) actions.tell(message('oneShared'));
}

/** The fragment is taken out of the address, so that a reload does not undo what the person changed since. */
async function openRecipe({ actions }: PwaPage, hash: string): Promise<void> {
  if (!hash.startsWith(recipePrefix)) return;
  history.replaceState(null, '', '#/picture');
  try {
    const { readRecipeLink } = await import('../share/recipe-link.ts');
    const recipe = await readRecipeLink(hash);
    if (recipe) await actions.openRecipe(recipe, 'link');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    actions.tell(message('failed', toPlainError(error)));
  }
}
