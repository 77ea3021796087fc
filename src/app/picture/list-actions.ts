/** Lists: many prompts that become pictures of the line, and words that prompts choose from. */
import { readListLines } from '../../domain/diffusion/prompt/prompt-choices.ts';
import type { ListedPrompt } from '../../domain/recipe/prompt-list.ts';
import { drawSeed } from '../base/random.ts';
import { showToast } from '../base/toasts.ts';
import { sizeRules } from '../models/chosen-model.ts';
import { message } from '../words/message.ts';
import { draftProblems } from './draft-problems.ts';
import { draftSettings, type Draft } from './draft.ts';
import { drawnRuns } from './drawn-runs.ts';
import { listName, storeLists } from './kept-lists.ts';
import type { PictureContext } from './picture-context.ts';
import { askFor } from './ask-for.ts';

export function listActions(context: PictureContext) {
  const { store, deps } = context;

  const setLists = (lists: ReturnType<typeof store.getState>['lists']) => {
    store.setState({ lists });
    if (!storeLists(deps.storage, lists)) showToast(context, message('listsNotKept'));
  };

  return {
    openLists: (text = '', name = '') => store.setState({ listSheet: { text, name: listName(name) } }),
    closeLists: () => store.setState({ listSheet: null }),
    /** In place of one of the same name. Returns the name that it got; '' when there is nothing to keep. */
    keepList: (said: string, text: string): string => {
      const [name, lines] = [listName(said), readListLines(text)];
      if (name === '' || lines.length === 0) return '';
      setLists({ ...store.getState().lists, [name]: lines });
      return name;
    },
    deleteList: (name: string) => {
      const before = store.getState().lists;
      setLists(Object.fromEntries(Object.entries(before).filter(([key]) => key !== name)));
      const undo = () => setLists({ ...store.getState().lists, [name]: before[name] ?? [] });
      showToast(context, message('listDeleted', name), [{ label: message('undo'), run: undo }]);
    },
    /** Each line becomes a picture, with what it says over the settings at the page. Tells what could not be made. Returns how many. */
    queueList: async (text: string): Promise<number> => {
      const { readPromptList } = await import('../../domain/recipe/prompt-list.ts');
      const { draft } = store.getState();
      const listed = readPromptList(text).map((line) => ({ line, draft: over(context, draft, line) }));
      const { sizeMultiple } = sizeRules(store.getState());
      const wrong = listed.flatMap(({ line, draft: own }, at) => {
        const problems = Object.keys(draftProblems(own, sizeMultiple));
        return problems.length + Object.keys(line.unreadable).length > 0 ? [at] : [];
      });
      const right = listed.filter((_, at) => !wrong.includes(at));
      for (const { line, draft: own } of right) {
        for (const run of drawnRuns(draftSettings(own), line.count, store.getState().lists))
          askFor(context, run);
      }
      const unknown = [...new Set(listed.flatMap(({ line }) => line.unknown))];
      const lines = wrong.map((at) => at + 1);
      if (lines.length + unknown.length > 0) showToast(context, message('linesLeftOut', lines, unknown));
      return right.length;
    },
  };
}

/** A seed that is kept holds for every line that has none of its own. */
function over({ deps }: PictureContext, draft: Draft, { settings }: ListedPrompt): Draft {
  return { ...draft, ...(!draft.seedLocked && { seed: drawSeed(deps.random) }), ...settings };
}

export type ListActions = ReturnType<typeof listActions>;
