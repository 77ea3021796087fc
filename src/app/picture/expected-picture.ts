import type { ExpectedPicture } from '../../engine/protocol.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import { currentModel, sizeRules, type ModelsSlice } from '../models/chosen-model.ts';
import { draftProblems } from './draft-problems.ts';
import type { PictureSlice } from './picture-state.ts';

/** What will be asked for, as far as the draft tells: a size in the middle of being typed is none. */
export function expectedPicture(state: PictureSlice & ModelsSlice & EngineSlice): ExpectedPicture {
  const { width, height, guidanceScale, speed } = state.draft;
  const { defaults } = currentModel(state).card;
  const problems = draftProblems(state.draft, sizeRules(state).sizeMultiple);
  const size = problems.size ? defaults : { width, height };
  return {
    width: size.width,
    height: size.height,
    guidanceScale: problems.guidanceScale ? defaults.guidanceScale : guidanceScale,
    ...(speed === 'fast' && { speed }),
  };
}
