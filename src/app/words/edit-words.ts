import { use } from 'react';
import type { Words } from './words.ts';
import { useWords } from './words-context.tsx';

export type EditWords = Awaited<ReturnType<Words['edit']>>;

/** What editing says. Suspends until it has been fetched. */
export const useEditWords = (): EditWords => use(useWords().edit());
