/** What a restored recipe calls that is not in this browser: named, with a way to add it. */
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { toPlainError } from '../../domain/errors.ts';
import { extraNamed, type NamedExtra } from '../../domain/model/extra.ts';
import type { Restorable } from '../../domain/recipe/found-recipe.ts';
import { showToast } from '../base/toasts.ts';
import { message } from '../words/message.ts';
import type { PictureContext } from './picture-context.ts';

export async function tellMissingExtras(context: PictureContext, recipe: Restorable): Promise<void> {
  const called = extrasOf(recipe);
  const { extras } = context.deps;
  if (called.length === 0 || !extras) return;
  try {
    const known = await extras();
    const missing = called.filter(({ kind, name }) => !extraNamed(known, kind, name));
    if (missing.length === 0) return;
    const told = message('extrasMissing', missing);
    const add = () => context.store.setState({ modelsSheet: { wanted: null, atExtras: true } });
    showToast(context, { message: told, details: [] }, [{ label: message('addExtras'), run: add }]);
  } catch (error) {
    showToast(context, message('failed', toPlainError(error)));
  }
}

/** LoRAs stand in the prompt; of embeddings only the recipe says that a word was one. */
function extrasOf(recipe: Restorable): readonly NamedExtra[] {
  const { settings } = recipe.kind === 'restored' ? recipe : recipe.recipe;
  const loras = readPromptLoras(settings.prompt ?? '').loras;
  const embeddings =
    recipe.kind === 'restored'
      ? recipe.notes.flatMap((note) => (note.kind === 'embedding' ? note.names : []))
      : (recipe.recipe.extras ?? []).filter(({ kind }) => kind === 'embedding').map(({ name }) => name);
  const { vae } = settings;
  return [
    ...(vae === undefined ? [] : [{ kind: 'vae' as const, name: vae }]),
    ...loras.map(({ name }) => ({ kind: 'lora' as const, name })),
    ...embeddings.map((name) => ({ kind: 'embedding' as const, name })),
  ];
}
