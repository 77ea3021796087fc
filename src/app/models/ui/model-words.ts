import type { FitReason } from '../../../domain/model/fit.ts';
import type { Words } from '../../words/words.ts';
import type { ModelWork } from '../models-state.ts';

export function fitWords({ fit }: Words['models'], reason: FitReason): string {
  switch (reason.kind) {
    case 'storage':
      return fit.storage(reason.needBytes, reason.freeBytes);
    case 'memory':
      return fit.memory(reason.needBytes, reason.haveBytes);
    case 'no-gpu':
      return fit.noGpu(reason.pictureSec);
    case 'single-precision':
      return fit.noHalfPrecision;
    case 'gpu-buffer':
      return fit.gpuBuffer(reason.needBytes, reason.limitBytes);
  }
}

type Downloading = Extract<ModelWork, { kind: 'downloading' }>;

/** `431 of 1070 MB · 12.3 MB/s · about 50 s left`. */
export function downloadWords({ models, format }: Words, work: Downloading): string {
  const { loadedBytes, totalBytes, pace, elsewhere, waiting, pausing } = work;
  const bytes = format.bytesOf(loadedBytes, totalBytes);
  if (pausing) return models.pausing(bytes);
  if (waiting !== null) return models.retrying(bytes, waiting);
  const speed = pace
    ? [models.perSecond(format.bytes(pace.bytesPerSec)), format.timeLeft(pace.secondsLeft * 1000)]
    : [];
  return [bytes, ...speed, ...(elsewhere ? [models.elsewhere] : [])].join(' · ');
}

/** The outcome of a check. */
export function checkedWords(
  models: Words['models'],
  damagedFiles: readonly string[],
  repairedChunks: number,
): string {
  if (damagedFiles.length > 0) return models.damaged(damagedFiles.join(', '));
  return repairedChunks === 0 ? models.whole : models.repaired(repairedChunks);
}
