import type { RunProgress } from '../../engine/progress.ts';
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
    case 'image':
    case 'decode':
      return which(
        now.phase === 'decode' && now.tiles
          ? run.finishingParts(now.tiles.done, now.tiles.total)
          : run.finishing,
      );
  }
}
