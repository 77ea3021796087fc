/** Film files seen by another program: ffprobe and ffmpeg as the distribution ships them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pixels } from './pixels.ts';

function run(command: string, args: readonly string[], input?: Buffer): { out: Buffer; err: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    maxBuffer: 2 ** 28,
    ...(input && { input }),
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.toString()}`);
  return { out: stdout, err: stderr.toString() };
}

export interface Stream {
  readonly codec_type: 'video' | 'audio';
  readonly codec_name: string;
  readonly pix_fmt?: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_primaries?: string;
  readonly color_transfer?: string;
  readonly width?: number;
  readonly height?: number;
  readonly avg_frame_rate: string;
  readonly nb_read_frames: string;
}

export interface FilmFacts {
  readonly streams: readonly Stream[];
  readonly durationSec: number;
  readonly comment: string | undefined;
}

/** What ffprobe says, after reading every frame. */
export function filmFacts(path: string): FilmFacts {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', path];
  const { streams, format } = JSON.parse(run('ffprobe', args).out.toString()) as {
    streams: Stream[];
    format: { duration: string; tags?: Record<string, string> };
  };
  const tags = Object.entries(format.tags ?? {});
  const comment = tags.find(([name]) => /comment$/i.test(name))?.[1];
  return { streams, durationSec: Number(format.duration), comment };
}

export const videoStream = ({ streams }: FilmFacts): Stream =>
  streams.find((stream) => stream.codec_type === 'video')!;

/** Frame `index`, decoded as limited range of this matrix, whatever the file says. */
export function decodedFrame(
  path: string,
  index: number,
  { width, height }: { width: number; height: number },
  matrix: 'bt709' | 'bt601' = 'bt709',
): Pixels {
  const filter = `select=eq(n\\,${index}),scale=in_color_matrix=${matrix}:in_range=tv:flags=accurate_rnd+full_chroma_int`;
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-vf',
    filter,
    '-frames:v',
    '1',
    '-pix_fmt',
    'rgba',
    '-f',
    'rawvideo',
    '-',
  ];
  return { width, height, data: new Uint8Array(run('ffmpeg', args).out) };
}

/** Structural similarity of a frame and a picture file, which is brought to the frame's size first: 1 is equal. */
export function similarity(frame: Pixels, picture: Buffer): number {
  const path = join(mkdtempSync(join(tmpdir(), 'film-')), 'picture.png');
  writeFileSync(path, picture);
  const size = `${frame.width}x${frame.height}`;
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', size, '-i', '-'];
  const filter = `[1:v]scale=${frame.width}:${frame.height}:flags=lanczos,format=rgb24[b];[0:v]format=rgb24[a];[a][b]ssim`;
  const { err } = run(
    'ffmpeg',
    [...raw, '-i', path, '-lavfi', filter, '-f', 'null', '-'],
    Buffer.from(frame.data),
  );
  return Number(/All:([\d.]+)/.exec(err)![1]);
}

/** The soundtrack's samples, one channel of 48 kHz, −32768 … 32767. */
export function soundSamples(path: string): Int16Array {
  const args = ['-v', 'error', '-i', path, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', '-'];
  const { buffer, byteOffset, byteLength } = run('ffmpeg', args).out;
  return new Int16Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** Mean volume, dBFS, from a second of the soundtrack on. */
export function volumeDb(path: string, fromSec: number, durationSec: number): number {
  const args = [
    '-ss',
    String(fromSec),
    '-t',
    String(durationSec),
    '-i',
    path,
    '-af',
    'volumedetect',
    '-vn',
    '-f',
    'null',
    '-',
  ];
  return Number(/mean_volume: (-?[\d.]+|-inf) dB/.exec(run('ffmpeg', args).err)![1]!.replace('-inf', '-999'));
}

/** A steady tone. */
export function tone(durationSec: number): Buffer {
  return run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=440:d=${durationSec}`, '-f', 'mp3', '-'])
    .out;
}

/**
 * As `tone`, with a head that says how long it is, and in an MP3 which samples are the encoder's own; it can be written into a file only, not
 * into a pipe.
 */
export function toneFile(durationSec: number, format: 'mp3' | 'aiff'): Buffer {
  const path = join(mkdtempSync(join(tmpdir(), 'tone-')), `tone.${format}`);
  run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=440:d=${durationSec}`, path]);
  return readFileSync(path);
}

/** A still of ffmpeg's own making, as PNG: `testsrc2`, `smptebars` … */
export function still(
  pattern: string,
  { width, height }: { width: number; height: number },
  filter = 'null',
) {
  const source = `${pattern}=size=${width}x${height},${filter}`;
  const args = ['-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', '1'];
  return run('ffmpeg', [...args, '-c:v', 'png', '-f', 'image2pipe', '-']).out;
}

/** In decibels, over red, green and blue: above 40 nobody sees a difference. */
export function psnr(a: Pixels, b: Pixels): number {
  if (a.data.length !== b.data.length) throw new Error('the frames differ in size');
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) if (i % 4 !== 3) sum += (a.data[i]! - b.data[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / Math.max(1e-9, sum / (a.width * a.height * 3)));
}

/** The mix of two frames, as a cross-fade makes it. */
export function mixed(a: Pixels, b: Pixels, alpha: number): Pixels {
  return { ...a, data: a.data.map((value, i) => Math.round(value + (b.data[i]! - value) * alpha)) };
}

/** Names of a zip's entries, from its central directory. */
export function zipNames(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
