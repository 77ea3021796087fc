import { useMemo } from 'react';
import { useAppState } from '../hooks.ts';
import { sizeRules } from '../../models/chosen-model.ts';
import { draftProblems, type DraftField, type DraftProblem } from '../draft-problems.ts';
import { wordsOf } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';

/** What is told beside a field. */
export interface ToldProblem extends Pick<DraftProblem, 'nearest'> {
  readonly message: string;
}

/** What to tell beside the fields. That the prompt is empty is told only after Generate was pressed. */
export function useProblems(): Partial<Record<DraftField, ToldProblem>> {
  const { pictureProblems } = useWords();
  const draft = useAppState((state) => state.draft);
  const submitted = useAppState((state) => state.submitted);
  const multiple = useAppState((state) => sizeRules(state).sizeMultiple);
  return useMemo(() => {
    const { prompt, ...others } = draftProblems(draft, multiple);
    const tellPrompt = prompt && (submitted || draft.prompt.trim() !== '');
    const told = Object.entries(tellPrompt ? { prompt, ...others } : others);
    return Object.fromEntries(
      told.map(([field, { what, nearest }]) => [field, { message: wordsOf(pictureProblems, what), nearest }]),
    );
  }, [draft, submitted, multiple, pictureProblems]);
}
