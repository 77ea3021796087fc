/** What ffmpeg is told. Pure, so that it can be read and tested in one place. */
import { fadeOutSec } from '../domain/video/music.ts';
import { exactRate, frameTime } from '../domain/video/rates.ts';
import type { ColourMatrix } from '../domain/video/i420.ts';
import type { MusicSource } from '../engine/video-protocol.ts';
import type { EncodeJob, VideoFormat } from './encoder.ts';

type Size = Pick<EncodeJob, 'width' | 'height' | 'fps'>;

/** Of the planes that become this format: ffmpeg.wasm's WebM is VP8. */
export const matrixFor = (format: VideoFormat): ColourMatrix => (format === 'webm' ? 'bt601' : 'bt709');

/** What the planes are; x264 writes it into the stream. */
const colours = (matrix: ColourMatrix) => [
  ...['-colorspace', matrix === 'bt709' ? 'bt709' : 'smpte170m'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];

/** `30000/1001`; `divisor`: so many times slower. */
function rate(fps: number, divisor = 1): string {
  const { frames, seconds } = exactRate(fps);
  return seconds * divisor === 1 ? String(frames) : `${frames}/${seconds * divisor}`;
}

const rawInput = ({ width, height, fps }: Size, path: string, matrix: ColourMatrix = 'bt709') => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', rate(fps)],
  ...[...colours(matrix), '-i', path],
];

/** One run of frames → one piece of the film. NUT keeps exact times; only Matroska keeps VP8's colour description. */
export function segmentArgs(job: Size & Pick<EncodeJob, 'format'>, input: string, output: string): string[] {
  const codec =
    job.format === 'webm'
      ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '4', '-b:v', '8M', '-crf', '12']
      : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
  const container = job.format === 'webm' ? 'matroska' : 'nut';
  const matrix = matrixFor(job.format);
  return [
    ...rawInput(job, input, matrix),
    ...codec,
    ...colours(matrix),
    '-threads',
    '1',
    '-f',
    container,
    output,
  ];
}

export interface SegmentEntry {
  readonly path: string;
  readonly frames: number;
}

/** Without the durations, a piece would last as long as its decoding order needs: a frame too much at each joint. */
export function segmentList(segments: readonly SegmentEntry[], fps: number): string {
  const entries = segments.map(({ path, frames }) => `file '${path}'\nduration ${frameTime(frames, fps)}`);
  return ['ffconcat version 1.0', ...entries].join('\n');
}

export interface MuxInput {
  readonly args: readonly string[];
  /** Null where there is none. */
  readonly sound: Sound | null;
}

/** Samples in a file, and which of them are heard. */
export interface Sound {
  readonly path: string;
  readonly volume: number;
  readonly startSec: number;
}

/** Finished pictures (and music) → the file. The pictures are copied, never encoded again. */
export function muxArgs(
  job: Pick<EncodeJob, 'format' | 'comment' | 'fps' | 'totalFrames'>,
  { args, sound }: MuxInput,
  output: string,
): string[] {
  const soundIn = sound === null ? [] : ['-stream_loop', '-1', '-f', 'wav', '-i', sound.path];
  const soundOut = sound === null ? [] : ['-map', '1:a:0', ...soundArgs(job, sound)];
  const tag = job.comment === '' ? [] : ['-metadata', `comment=${job.comment}`];
  const form = job.format === 'webm' ? ['-f', 'webm'] : ['-movflags', '+faststart', '-f', 'mp4'];
  // What the pictures' file says of itself would stand beside the comment, under another name.
  const untold = ['-map_metadata', '-1'];
  return [
    ...args,
    ...soundIn,
    '-map',
    '0:v:0',
    ...untold,
    '-c:v',
    'copy',
    ...soundOut,
    ...tag,
    ...form,
    output,
  ];
}

/**
 * One piece of any audio → samples, no more than a film of so many seconds needs. What is still packed cannot be looped: `-stream_loop` repeats packets with the silence that
 * encoders put at both ends, 20 ms and more at every joint (ffmpeg 5.1.4).
 */
export const soundtrackArgs = (
  { startSec }: Pick<MusicSource, 'startSec'>,
  filmSec: number,
  input: string,
  output: string,
): string[] => [
  ...['-i', input, '-map', '0:a:0', '-t', String(startSec + filmSec)],
  // One channel stays one: made two it would lose 3 dB, which it does not in the player.
  ...['-af', 'aformat=channel_layouts=mono|stereo', '-ar', String(sampleRate)],
  ...['-c:a', 'pcm_s16le', '-f', 'wav', output],
];

const sampleRate = 48_000;

/** Looped or cut to the film's length to the sample, fading out as it does in the player. */
function soundArgs(
  { format, fps, totalFrames }: Pick<EncodeJob, 'format' | 'fps' | 'totalFrames'>,
  { startSec, volume }: Sound,
): string[] {
  const durationSec = frameTime(totalFrames, fps);
  const fadeSec = fadeOutSec(durationSec);
  const start = Math.round(startSec * sampleRate);
  const end = start + Math.round(durationSec * sampleRate);
  const filters = [
    `atrim=start_sample=${start}:end_sample=${end}`,
    'asetpts=PTS-STARTPTS',
    ...(volume === 1 ? [] : [`volume=${volume}`]),
    `afade=t=out:st=${durationSec - fadeSec}:d=${fadeSec}`,
  ];
  // libopus crashes in this build of ffmpeg.
  const codec = format === 'webm' ? 'libvorbis' : 'aac';
  return ['-af', filters.join(), '-ar', String(sampleRate), '-c:a', codec, '-b:a', '160k'];
}

/** Players show GIF frames shorter than two hundredths of a second five times as long. */
const maxGifFps = 50;

/** One place of the palette is kept for what does not change; with fewer ffmpeg refuses. */
const leastColours = 4;

/** One palette for the whole film, from at most a hundred of its frames. */
export function paletteArgs(
  job: Size & Pick<EncodeJob, 'totalFrames' | 'gif'>,
  input: string,
  output: string,
) {
  const every = Math.ceil(job.totalFrames / 100);
  const colours = Math.max(leastColours, job.gif.colours);
  const filter = `select='not(mod(n,${every}))',${toRgb},palettegen=max_colors=${colours}:stats_mode=full`;
  return [...rawInput(job, input), '-vf', filter, '-frames:v', '1', output];
}

/** `size`: of the GIF, where it is not that of its frames. */
export function gifArgs(
  job: Size,
  {
    input,
    palette,
    size,
  }: { readonly input: string; readonly palette: string; readonly size: Pick<Size, 'width' | 'height'> },
  output: string,
): string[] {
  const slower = job.fps > maxGifFps ? `fps=${rate(job.fps, 2)},` : '';
  const isSmaller = size.width !== job.width || size.height !== job.height;
  const smaller = isSmaller ? `,scale=${size.width}:${size.height}:flags=area` : '';
  const filter = `[0:v]${slower}${toRgb}${smaller}[film];[film][1:v]paletteuse=dither=sierra2_4a:diff_mode=rectangle`;
  return [...rawInput(job, input), '-i', palette, '-lavfi', filter, '-loop', '0', '-f', 'gif', output];
}

const toRgb = 'scale=in_color_matrix=bt709:in_range=tv:sws_flags=accurate_rnd+full_chroma_int,format=rgb24';
