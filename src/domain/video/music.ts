/** The soundtrack: looped or cut to the film's length, fading out at its end. For the player and for the file alike. */

/** The last three seconds, or the last quarter of a short film. */
export const fadeOutSec = (filmSec: number) => Math.min(3, filmSec / 4);

/** Share of the track's volume, falling in a straight line (as ffmpeg's `afade` does by itself). */
export function volumeAt(atSec: number, filmSec: number): number {
  return Math.max(0, Math.min(1, (filmSec - atSec) / fadeOutSec(filmSec)));
}

/** Seconds into the track at this second of the film; the track's length is NaN until it has been read. */
export const trackPosition = (atSec: number, trackSec: number) => (trackSec > 0 ? atSec % trackSec : atSec);

/** How far two places in a looped track lie apart: its end is next to its beginning. */
export function trackDistanceSec(a: number, b: number, trackSec: number): number {
  const apart = Math.abs(a - b);
  return trackSec > 0 ? Math.min(apart, Math.abs(trackSec - apart)) : apart;
}

/** Less than this is neither heard as an echo of the cut nor worth the gap that a jump makes. */
const toleratedDriftSec = 0.15;

/** Where the track has to jump to, null where it may go on. */
export function trackJump(
  track: { readonly atSec: number; readonly trackSec: number; readonly playing: boolean },
  filmAtSec: number,
): number | null {
  const wanted = trackPosition(filmAtSec, track.trackSec);
  const drift = trackDistanceSec(track.atSec, wanted, track.trackSec);
  return drift > (track.playing ? toleratedDriftSec : 0) ? wanted : null;
}
