import type { Phase, RunProgress } from '../../engine/progress.ts';
import type { Words } from '../../words/words.ts';

/** What is happening now, in one line. */
export function runWords({ run, format }: Words, { now, imageIndex, imageCount }: RunProgress): string {
  const which = (phase: string) =>
    imageCount > 1 ? run.ofPictures(phase, Math.min(imageIndex + 1, imageCount), imageCount) : phase;
  switch (now.phase) {
    case 'waiting':
      return run.waiting;
    case 'download':
      return run.fetching(format.bytesOf(now.loadedBytes, now.totalBytes));
    case 'session':
      return (now.again ? run.adapting : run.starting)(run.parts[now.component], now.done, now.total);
    case 'encode':
      return which(run.reading);
    case 'denoise':
      return which(run.step(now.step, now.steps));
    case 'queued':
      return which(queuedWords(run, now.place));
    case 'spread':
      return which(run.onMachines(now.machines));
    case 'elsewhere':
      return which(elsewhereWords(run, now));
    case 'image':
    case 'decode':
      return which(
        now.phase === 'decode' && now.tiles
          ? run.finishingParts(now.tiles.done, now.tiles.total)
          : run.finishing,
      );
  }
}

const queuedWords = (run: Words['run'], place: number | null) =>
  place === null ? run.queued : place === 0 ? run.queuedNext : run.queuedBehind(place);

/** Of another machine, which may not tell how far it is. */
function elsewhereWords(run: Words['run'], { now, step, steps }: Extract<Phase, { phase: 'elsewhere' }>) {
  if (now !== 'drawing') return run[now];
  return step === null ? run.drawingElsewhere : run.step(step, steps);
}
