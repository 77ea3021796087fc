import { useMemo } from 'react';
import { useAppState } from '../../shell/app-hooks.tsx';
import { draftProblems, type DraftProblems } from '../draft-problems.ts';
import { sizeRules } from '../../models/chosen-model.ts';

/** What to tell beside the fields. That the prompt is empty is told only after Generate was pressed. */
export function useProblems(): DraftProblems {
  const draft = useAppState((state) => state.draft);
  const submitted = useAppState((state) => state.submitted);
  const multiple = useAppState((state) => sizeRules(state).sizeMultiple);
  return useMemo(() => {
    const { prompt, ...others } = draftProblems(draft, multiple);
    const tellPrompt = prompt && (submitted || draft.prompt.trim() !== '');
    return tellPrompt ? { prompt, ...others } : others;
  }, [draft, submitted, multiple]);
}
