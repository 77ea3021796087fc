import type { FitReason } from '../../../domain/model/fit.ts';
import type { ModelWork } from '../models-state.ts';
import { formatBytes, formatBytesOf, formatSeconds, formatTimeLeft } from '../../base/format.ts';

export function fitWords(reason: FitReason): string {
  switch (reason.kind) {
    case 'storage':
      return `Needs ${formatBytes(reason.needBytes)} of storage; the browser allows ${formatBytes(reason.freeBytes)} more.`;
    case 'memory':
      return `Needs about ${formatBytes(reason.needBytes)} of memory; there are ${formatBytes(reason.haveBytes)}.`;
    case 'no-gpu':
      return `Without a usable GPU the CPU draws: about ${formatSeconds(reason.pictureSec)} for a picture.`;
    case 'no-shader-f16':
      return `This GPU lacks half precision, so the CPU draws: about ${formatSeconds(reason.pictureSec)} for a picture.`;
    case 'gpu-buffer':
      return `Full-size pictures may need a GPU buffer of ${formatBytes(reason.needBytes)}; this GPU allows ${formatBytes(reason.limitBytes)}. Smaller pictures work.`;
  }
}

type Downloading = Extract<ModelWork, { kind: 'downloading' }>;

/** `431 of 1070 MB · 12.3 MB/s · about 50 s left`. */
export function downloadWords({
  loadedBytes,
  totalBytes,
  pace,
  elsewhere,
  waiting,
  pausing,
}: Downloading): string {
  const bytes = formatBytesOf(loadedBytes, totalBytes);
  if (pausing) return `${bytes} · pausing …`;
  if (waiting !== null) return `${bytes} · trying again soon: ${waiting}`;
  const speed = pace
    ? ` · ${formatBytes(pace.bytesPerSec)}/s · ${formatTimeLeft(pace.secondsLeft * 1000)}`
    : '';
  return `${bytes}${speed}${elsewhere ? ' · in another tab' : ''}`;
}

export const byteWorkNames = {
  importing: 'Copying',
  checking: 'Checking',
  exporting: 'Exporting',
} as const;

/** The outcome of a check. */
export function checkedWords(damagedFiles: readonly string[], repairedChunks: number): string {
  if (damagedFiles.length > 0) {
    return `Damaged and not to be had again: ${damagedFiles.join(', ')}. Delete the model and fetch it anew.`;
  }
  if (repairedChunks === 0) return 'Checked: every byte is as it was.';
  return `Checked: ${repairedChunks === 1 ? 'one damaged part was' : `${repairedChunks} damaged parts were`} fetched again.`;
}
