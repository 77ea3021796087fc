/** From a mask and what shall be under it to a job of the queue. */
import type { Mask } from '../../domain/mask/mask.ts';
import { packMask } from '../../domain/mask/pack-mask.ts';
import { pictureSize } from '../../domain/video/prompts.ts';
import { drawSeed } from '../base/random.ts';
import type { Size } from '../making/making-context.ts';
import { sizeRules } from '../models/chosen-model.ts';
import { askFor } from '../picture/ask-for.ts';
import { draftProblems } from '../picture/draft-problems.ts';
import { draftSettings } from '../picture/draft.ts';
import { drawnRuns } from '../picture/drawn-runs.ts';
import type { KeptSource, PictureContext } from '../picture/picture-context.ts';
import type { EditDraft } from './edit-draft.ts';

export interface AskedEdit {
  readonly draft: EditDraft;
  readonly mask: Mask;
  readonly source: Pick<KeptSource, 'file' | 'name'> & { readonly from: string | null };
}

/** False where something under Advanced is wrong; nothing is asked for then. */
export function askEdit(context: PictureContext, { draft, mask, source }: AskedEdit): boolean {
  const { store, deps } = context;
  const { prompt, strength, content, area, paddingPx, featherPx } = draft;
  const whole = { ...store.getState().draft, prompt, strength, ...sizeToDraw(context, draft, mask) };
  if (!whole.seedLocked) whole.seed = drawSeed(deps.random);
  if (Object.keys(draftProblems(whole, sizeRules(store.getState()).sizeMultiple)).length > 0) return false;
  store.setState((state) => ({ draft: { ...state.draft, seed: whole.seed } }));
  const { from, ...named } = source;
  const inpaint = { content, area, paddingPx, featherPx, mask: packMask(mask), ...sizeOf(mask) };
  const kept: KeptSource = { ...named, strength, inpaint, ...(from !== null && { from }) };
  for (const run of drawnRuns(draftSettings(whole), whole.count, store.getState().lists))
    askFor(context, run, kept);
  return true;
}

const sizeOf = ({ width, height }: Mask): Size => ({ width, height });

/**
 * The whole picture is drawn at its own size where the model draws that; else, and where only a part is drawn, in its shape at the area that
 * the model was trained on.
 */
function sizeToDraw({ store }: PictureContext, { area }: EditDraft, { width, height }: Mask): Size {
  const rules = sizeRules(store.getState());
  const own = { ...store.getState().draft, width, height };
  const fits = area === 'whole' && !draftProblems(own, rules.sizeMultiple).size;
  return fits ? { width, height } : pictureSize({ width, height }, rules);
}
