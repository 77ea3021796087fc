import type { Words } from '../../words/words.ts';
import type { ExportStage } from '../film-file.ts';

/** What becomes of the file now. */
export function exportWords(run: Words['run'], now: ExportStage): string {
  switch (now.stage) {
    case 'pictures':
      return run.picturesFirst;
    case 'load-encoder':
      return run.startingEncoder;
    case 'frames':
      return run.frame(now.done, now.total);
    case 'finish':
      return run.puttingTogether;
  }
}
