/** The person's own lists of words for prompts, kept on this device. */
import type { PromptLists } from '../../domain/diffusion/prompt/prompt-choices.ts';
import { localKeys } from '../../engine/stored-names.ts';
import type { TextStorage } from '../base/text-storage.ts';

const listsVersion = 1;

/** What cannot be read is left out. */
export function loadLists(storage: TextStorage): PromptLists {
  try {
    const { version, lists } = JSON.parse(storage.getItem(localKeys.lists) ?? '{}') as Record<
      string,
      unknown
    >;
    if (version !== listsVersion || typeof lists !== 'object' || lists === null) return {};
    return Object.fromEntries(
      Object.entries(lists).filter((entry): entry is [string, string[]] => isLines(entry[1])),
    );
  } catch {
    return {}; // Damaged or forbidden: as good as none.
  }
}

const isLines = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');

/** False where the device has no room for them, or keeps nothing: then they last until the page is closed. */
export function storeLists(storage: TextStorage, lists: PromptLists): boolean {
  try {
    storage.setItem(localKeys.lists, JSON.stringify({ version: listsVersion, lists }));
    return true;
  } catch {
    return false;
  }
}

/** As it stands between the underscores: no blanks, no signs that mean something there. `Hair colours.txt` → `Hair-colours`. */
export const listName = (said: string): string =>
  said
    .replace(/\.txt$/i, '')
    .trim()
    .replace(/[\s_|{}#$*~!@()<>:]+/g, '-')
    .replace(/^[-/]+|[-/]+$/g, '')
    .slice(0, 60);
