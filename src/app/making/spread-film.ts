/** A film's scenes over several machines. Fetched when one helps. */
import type { PictureTask } from '../../domain/video/pictures.ts';
import { drawPicture, type MadePicture } from './draw-pictures.ts';
import {
  drawingOf,
  firstSettings,
  isSamePlace,
  madeTask,
  type FilmPictureFacts,
  type WantedFilmPictures,
} from './film-tasks.ts';
import type { MakingContext } from './making-context.ts';
import { runSpread } from './run-spread.ts';
import { keepPartTiming, knownPartMs, type SpreadMaker } from './spread-makers.ts';
import { spreadProgress } from './spread-progress.ts';

export interface SpreadScenes extends Pick<WantedFilmPictures, 'keep' | 'steps'> {
  /** As they stand now. */
  readonly tasks: () => readonly PictureTask[];
  /** The chosen one first: its pictures are shown in the making. */
  readonly makers: readonly SpreadMaker[];
}

/** Resolves to the number of pictures made. Throws as `runSpread`; what was finished before stays. */
export async function spreadFilmScenes(
  context: MakingContext,
  { tasks, makers, keep, steps }: SpreadScenes,
  signal: AbortSignal,
  { onProgress, onTask, onEvent }: FilmPictureFacts,
): Promise<number> {
  const all = tasks();
  const begun = all.filter(({ kind }) => kind === 'scene');
  const settings = firstSettings(begun[0]!);
  const makerOf = (id: string) => makers.find((each) => each.id === id)!;
  let count = 0;
  await runSpread(
    context.deps,
    {
      partCount: begun.length,
      machines: makers.map((maker) => ({ id: maker.id, partMs: knownPartMs(context, maker, settings) })),
      make: async (part, id, stop): Promise<{ task: PictureTask; made: MadePicture } | null> => {
        // A storyboard may be changed meanwhile.
        const task = tasks().find((each) => isSamePlace(each, begun[part]!));
        if (!task) return null;
        const shown = id === makers[0]!.id;
        if (shown) onTask?.(task);
        const tell = shown && onEvent ? onEvent : () => undefined;
        const { maker, open } = makerOf(id);
        const opened = await open(stop, tell);
        const { made } = await drawPicture(context, { ...maker, ...drawingOf(task) }, opened, stop, tell);
        return { task, made };
      },
      onMade: async (_, id, result) => {
        if (!result) return;
        await keep(madeTask(result.task, result.made), result.made.file);
        keepPartTiming(context, makerOf(id), result.made);
        count++;
      },
      onChange: (spread) =>
        onProgress(spreadProgress(spread, { nowMs: context.deps.now(), steps, imageCount: all.length })),
    },
    signal,
  );
  return count;
}
