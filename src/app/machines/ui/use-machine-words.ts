import { use } from 'react';
import { useWords } from '../../words/words-context.tsx';
import type { MachineWords } from '../../words/words.ts';

/** Waits for them the first time: within a `Suspense`. */
export const useMachineWords = (): MachineWords => use(useWords().machines());
