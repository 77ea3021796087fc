import type { Transition } from '../../../domain/video/transitions/transitions.ts';
import { runWords } from '../../making/ui/run-words.ts';
import type { Words } from '../../words/words.ts';
import type { MakingNow } from '../film-state.ts';

/** What can be chosen, with its names, in the order given. */
export const choices = <const Id extends string>(ids: readonly Id[], names: Readonly<Record<Id, string>>) =>
  ids.map((value) => ({ value, label: names[value] }));

/** `Cross-fade · 12 frames` */
export function transitionWords({ film, common }: Words, { kind, frames }: Transition): string {
  if (kind === 'none' || frames === 0) return film.transitions.none;
  const length = Number.isNaN(frames) ? '' : ` · ${common.frames(frames)}`;
  return `${film.transitions[kind]}${length}`;
}

export function makingWords(words: Words, now: MakingNow | null, sceneNumber: number): string {
  const { run } = words;
  if (!now) return run.awaitsTurn;
  // Only one picture is spoken of here: how many there are in all, the bar tells.
  const phase = runWords(words, { ...now.progress, imageCount: 1 });
  return now.kind === 'scene' ? run.ofScene(sceneNumber, phase) : run.ofMorph(sceneNumber, phase);
}
