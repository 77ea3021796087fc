/** Several pictures of one prompt over several machines. Fetched when one helps. */
import { settingsOfPicture } from '../../domain/diffusion/image-settings.ts';
import { drawPicture, type MadePicture } from './draw-pictures.ts';
import type { PictureFacts } from './picture-facts.ts';
import type { MakingContext } from './making-context.ts';
import type { Drawing } from './picture-engine.ts';
import { runSpread } from './run-spread.ts';
import { keepPartTiming, knownPartMs, type SpreadMaker } from './spread-makers.ts';
import { spreadProgress } from './spread-progress.ts';

/** Each with the seed that it would have on one machine, and given out in that order. Throws as `runSpread`. */
export async function spreadPictures(
  context: MakingContext,
  { drawing, makers }: { readonly drawing: Drawing; readonly makers: readonly SpreadMaker[] },
  signal: AbortSignal,
  { onProgress, onPicture, onEvent }: PictureFacts,
): Promise<void> {
  const { count, settings } = drawing;
  const makerOf = (id: string) => makers.find((each) => each.id === id)!;
  const ready = new Map<number, MadePicture>();
  let given = 0;
  await runSpread(
    context.deps,
    {
      partCount: count,
      machines: makers.map((maker) => ({ id: maker.id, partMs: knownPartMs(context, maker, settings) })),
      make: async (part, id, stop) => {
        const { maker, open } = makerOf(id);
        const tell = id === makers[0]!.id && onEvent ? onEvent : () => undefined;
        const opened = await open(stop, tell);
        const wanted = { ...drawing, ...maker, settings: settingsOfPicture(settings, part) };
        return (await drawPicture(context, wanted, opened, stop, tell)).made;
      },
      // In order: whoever counts them after a crash goes on with the next.
      onMade: (part, id, made) => {
        keepPartTiming(context, makerOf(id), made);
        ready.set(part, { ...made, imageIndex: part, imageCount: count });
        for (let next = ready.get(given); next; next = ready.get(given)) {
          ready.delete(given++);
          onPicture(next);
        }
      },
      onChange: (spread) => {
        const { steps } = settings;
        onProgress(spreadProgress(spread, { nowMs: context.deps.now(), steps, imageCount: count }));
      },
    },
    signal,
  );
}
