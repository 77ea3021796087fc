import type { MotionId } from '../../../domain/video/motion.ts';
import { motionIds } from '../../../domain/video/motion.ts';
import { transitionIds, type Transition, type TransitionId } from '../../../domain/video/transitions.ts';
import type { FilmFormat } from '../../../engine/video-protocol.ts';
import type { MakingNow } from '../film-state.ts';
import { runWords } from '../../picture/ui/run-words.ts';
import type { ExportStage } from '../../making/film-file.ts';

export const transitionNames: Record<TransitionId, string> = {
  none: 'Cut',
  'cross-fade': 'Cross-fade',
  'fade-black': 'Fade through black',
  'fade-white': 'Fade through white',
  slide: 'Slide',
  wipe: 'Wipe',
  zoom: 'Zoom',
  dissolve: 'Dissolve',
  morph: 'Morph',
};

export const motionNames: Record<MotionId, string> = {
  still: 'Still',
  'zoom-in': 'Zoom in',
  'zoom-out': 'Zoom out',
  'pan-left': 'Pan left',
  'pan-right': 'Pan right',
  'pan-up': 'Pan up',
  'pan-down': 'Pan down',
};

export const formatNames: Record<FilmFormat, string> = {
  mp4: 'MP4',
  webm: 'WebM',
  gif: 'GIF',
  'png-zip': 'PNG frames',
};

export const transitionOptions = transitionIds.map((value) => ({ value, label: transitionNames[value] }));
export const motionOptions = motionIds.map((value) => ({ value, label: motionNames[value] }));

export const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** `Cross-fade · 12 frames` */
export function transitionWords({ kind, frames }: Transition): string {
  if (kind === 'none' || frames === 0) return transitionNames.none;
  const length = Number.isNaN(frames) ? '' : ` · ${count(frames, 'frame')}`;
  return `${transitionNames[kind]}${length}`;
}

export function makingWords(now: MakingNow | null, sceneNumber: number): string {
  if (!now) return 'Waiting for its turn';
  const which = now.kind === 'scene' ? `Scene ${sceneNumber}` : `Morph after scene ${sceneNumber}`;
  // Only one picture is spoken of here: how many there are in all, the bar tells.
  return `${which} · ${runWords({ ...now.progress, imageCount: 1 })}`;
}

export function exportWords(now: ExportStage): string {
  switch (now.stage) {
    case 'pictures':
      return 'Making the pictures first';
    case 'load-encoder':
      return 'Starting the encoder';
    case 'frames':
      return `Frame ${now.done.toLocaleString('en')} of ${now.total.toLocaleString('en')}`;
    case 'finish':
      return 'Putting the file together';
  }
}
