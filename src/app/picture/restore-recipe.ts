/** A recipe into the draft: each field is what was read, or the default; nothing of the draft before stays unsaid. */
import { parseModelId } from '../../domain/model/model-id.ts';
import { libraryKey } from '../../domain/model/stored-model.ts';
import type { Restorable } from '../../domain/recipe/found-recipe.ts';
import type { RestoredSettings } from '../../domain/recipe/told.ts';
import { chooseModel } from '../models/model-actions.ts';
import { showToast, type ToastAction } from '../base/toasts.ts';
import type { PictureContext } from './picture-context.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { currentModel } from '../models/chosen-model.ts';
import type { MadeWith, Origin } from '../words/facts.ts';
import { message } from '../words/message.ts';
import { applySettings, type ToApply } from './draft-actions.ts';
import { defaultDraft, pictureSettings } from './draft.ts';
import { tellMissingExtras } from './missing-extras.ts';
import { toldFacts } from './told-facts.ts';

export function restoreRecipe(
  context: PictureContext,
  recipe: Restorable,
  from: Origin,
  instead?: ToastAction,
): void {
  const { model, ...toApply } = whatIsTold(recipe);
  // A source does not travel along: without one the picture was made from words alone.
  const source = toApply.strength === undefined ? null : undefined;
  const undo = applySettings(context, overDefaults(context, toApply), source);
  const again = () => applySettings(context, overDefaults(context, toApply));
  const current = currentModel(context.store.getState());
  const other = model && !isSame(model, current) ? model : undefined;
  const madeWith = other ? whatMadeIt(other, current) : null;
  const facts = recipe.kind === 'restored' ? toldFacts(recipe, current.card.defaults.sampler) : [];
  const told = {
    message: message('restored', from, madeWith, toApply.strength !== undefined),
    details: facts.map((fact) => message('recipe', fact)),
  };
  showToast(context, told, [
    { label: message('undo'), run: undo },
    ...(other ? modelOffer(context, other, again) : []),
    ...textOffer(context, recipe.text, from),
    ...(instead ? [instead] : []),
  ]);
  void tellMissingExtras(context, recipe);
}

/** The person has a pasted text before them. */
export function textOffer({ store }: PictureContext, text: string, from: Origin): readonly ToastAction[] {
  if (text === '' || typeof from !== 'object') return [];
  const run = () => store.setState({ shownText: { from, text } });
  return [{ label: message('showText'), run, stays: true }];
}

function overDefaults({ store }: PictureContext, { settings, strength }: ToApply): ToApply {
  const usual = defaultDraft(currentModel(store.getState()).card);
  return {
    settings: { ...pictureSettings(usual), ...settings },
    seedLocked: settings.seed !== undefined,
    count: usual.count,
    strength: strength ?? usual.strength,
  };
}

/** Other programs tell only a name. */
interface Maker {
  readonly id: string;
  readonly revision?: string | undefined;
}

interface Told extends Pick<RestoredSettings, 'settings' | 'strength'> {
  readonly model?: Maker | undefined;
}

function whatIsTold(recipe: Restorable): Told {
  if (recipe.kind === 'restored') {
    const { settings, strength, modelName } = recipe;
    return {
      settings,
      ...(strength === undefined ? {} : { strength }),
      ...(modelName === undefined ? {} : { model: { id: modelName } }),
    };
  }
  const { settings, model, source } = recipe.recipe;
  return { settings, model, ...(source && { strength: source.strength }) };
}

const isSame = ({ id, revision }: Maker, { ref }: ModelEntry) =>
  id === ref.id && (!revision || revision === ref.revision);

function whatMadeIt({ id, revision = '' }: Maker, { ref, card }: ModelEntry): MadeWith {
  return id === ref.id
    ? { version: revision.slice(0, 7), inUse: card.name }
    : { other: id, inUse: card.name };
}

/** To switch to the model that a picture was made with, or to fetch it first. `then` is called after a switch, which changes settings. */
function modelOffer(context: PictureContext, made: Maker, then: () => void): readonly ToastAction[] {
  const { store } = context;
  const entry = store.getState().models.find((model) => isSame(made, model));
  if (entry) {
    const run = () => {
      chooseModel(context, entry);
      then();
    };
    return [{ label: message('switchTo', entry.card.name), run }];
  }
  const wanted = made.revision ? libraryKey({ id: made.id, revision: made.revision }) : made.id;
  const get = () => store.setState({ modelsSheet: { wanted } });
  return parseModelId(made.id) ? [{ label: message('getModel'), run: get }] : [];
}
