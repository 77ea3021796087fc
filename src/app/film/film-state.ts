/** All that the Film screen draws. Plain data: blobs, workers and controllers live in closures (`film-context.ts`). */
import type { PlainError } from '../../domain/errors.ts';
import type { FilmModel } from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import type { EncoderChoice, EncoderName, VideoNotice } from '../../engine/video-protocol.ts';
import type { ExportStage } from '../making/film-file.ts';
import type { RunProgress } from '../engine/progress.ts';
import type { Message } from '../words/message.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import { filmModelOf } from '../making/film-model.ts';
import { currentModel, type ModelsSlice } from '../models/chosen-model.ts';

/** The picture that is being made, among those of this run. */
export interface MakingNow {
  readonly sceneId: string;
  readonly kind: 'scene' | 'in-between';
  readonly progress: RunProgress;
  /** By the clock of the store; null until this device has been measured. */
  readonly expectedEndMs: number | null;
}

export type MakingState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly now: MakingNow | null; readonly cancelling: boolean }
  | { readonly status: 'done'; readonly pictures: number; readonly seconds: number }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: PlainError };

/** A finished file. It shows the film as it was when it was made. */
export interface FinishedFilm {
  readonly url: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Its pixels, where they are not the film's. */
  readonly smaller: { readonly width: number; readonly height: number } | null;
  readonly durationSec: number;
  readonly encoder: EncoderName | null;
  readonly seconds: number;
}

export type OutputState =
  | { readonly status: 'none' }
  | {
      readonly status: 'running';
      readonly format: FilmFormat;
      readonly now: ExportStage;
      readonly expectedEndMs: number | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'done'; readonly film: FinishedFilm; readonly notice: VideoNotice | null }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: PlainError };

export interface FilmSummary {
  readonly id: string;
  readonly title: string;
  readonly changedAtMs: number;
}

export interface FilmState {
  /** False until the stored films have been read. */
  readonly opened: boolean;
  readonly project: FilmProject;
  /** Another tab has this film: here it is only looked at, and nothing of it is written. */
  readonly elsewhere: boolean;
  /** Other films in this browser, latest change first. */
  readonly others: readonly FilmSummary[];
  /** Object URLs of pictures and sounds, by asset id. */
  readonly urls: Readonly<Record<string, string>>;
  /** The person asked for the film: from now on empty scenes are told. */
  readonly submitted: boolean;
  readonly making: MakingState;
  readonly output: OutputState;
  readonly format: FilmFormat;
  readonly encoder: EncoderChoice;
  /** Null while everything is safe in storage. */
  readonly saveProblem: PlainError | null;
  /** For screen readers: what moved where, what was deleted. */
  readonly said: Message | null;
}

/** What pictures are made with now. */
export const filmModel = (
  state: Pick<ModelsSlice & EngineSlice, 'models' | 'modelId' | 'engine'>,
): FilmModel => filmModelOf(currentModel(state), state.engine.status === 'ready' ? state.engine.model : null);

/** What a film is called: its first words where it has no title, and nothing where it has none either. */
export function filmTitle({ title, scenes }: FilmProject): string {
  const words = title.trim() || scenes.find(({ prompt }) => prompt.trim() !== '')?.prompt.trim();
  return words ?? '';
}
