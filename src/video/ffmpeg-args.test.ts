import { describe, expect, it } from 'vitest';
import { gifDefaults } from '../domain/video/gif.ts';
import {
  gifArgs,
  matrixFor,
  muxArgs,
  paletteArgs,
  segmentArgs,
  segmentList,
  soundtrackArgs,
  type Sound,
} from './ffmpeg-args.ts';

const job = {
  width: 640,
  height: 360,
  fps: 24,
  totalFrames: 240,
  comment: '',
  gif: gifDefaults,
  format: 'mp4',
} as const;
const after = (args: readonly string[], flag: string) => args[args.lastIndexOf(flag) + 1];

describe('segmentArgs', () => {
  it('says what the raw frames are, and tags the stream as limited-range BT.709', () => {
    const args = segmentArgs(job, 'in', 'out');
    const input = args.slice(0, args.indexOf('-i'));
    expect([after(input, '-pix_fmt'), after(input, '-s'), after(input, '-r')]).toEqual([
      'yuv420p',
      '640x360',
      '24',
    ]);
    const output = args.slice(args.indexOf('-i'));
    for (const flag of ['-colorspace', '-color_primaries', '-color_trc'])
      expect(after(output, flag)).toBe('bt709');
    expect([after(output, '-color_range'), after(output, '-c:v')]).toEqual(['tv', 'libx264']);
  });

  it('makes WebM with VP8 (VP9 crashes in this build), whose planes every reader takes for BT.601', () => {
    const args = segmentArgs({ ...job, format: 'webm' }, 'in', 'out');
    expect(after(args, '-c:v')).toBe('libvpx');
    expect(matrixFor('webm')).toBe('bt601');
    for (const part of [args.slice(0, args.indexOf('-i')), args.slice(args.indexOf('-i'))]) {
      expect([after(part, '-colorspace'), after(part, '-color_primaries')]).toEqual(['smpte170m', 'bt709']);
    }
  });
});

describe('segmentList', () => {
  it('gives pieces of television rates their exact length', () => {
    expect(segmentList([{ path: '/a', frames: 30 }], 29.97)).toContain('duration 1.001');
    expect(after(segmentArgs({ ...job, fps: 29.97 }, 'in', 'out'), '-r')).toBe('30000/1001');
  });

  it('names each piece with its exact length', () => {
    const list = segmentList(
      [
        { path: '/a', frames: 12 },
        { path: '/b', frames: 6 },
      ],
      24,
    );
    expect(list).toBe("ffconcat version 1.0\nfile '/a'\nduration 0.5\nfile '/b'\nduration 0.25");
  });
});

describe('muxArgs', () => {
  const song = { path: 'song', volume: 1, startSec: 0 };
  const mux = (changes: object, sound: Sound | null = null) =>
    muxArgs({ ...job, ...changes }, { args: ['-i', 'film'], sound }, 'out');

  it('copies the pictures and puts the index first', () => {
    expect(after(mux({}), '-c:v')).toBe('copy');
    expect(after(mux({}), '-movflags')).toBe('+faststart');
    expect(mux({})).not.toContain('-metadata');
  });

  it('writes the comment', () => {
    const args = mux({ comment: '{"a":"b c"}' });
    expect(after(args, '-metadata')).toBe('comment={"a":"b c"}');
    expect(after(args, '-map_metadata'), 'once').toBe('-1');
  });

  it('loops music, cuts it to the film, fades it out over the last three seconds, as AAC', () => {
    const args = mux({ totalFrames: 480 }, song);
    expect(args.slice(2, 8)).toEqual(['-stream_loop', '-1', '-f', 'wav', '-i', 'song']);
    expect(after(args, '-af')).toBe(
      'atrim=start_sample=0:end_sample=960000,asetpts=PTS-STARTPTS,afade=t=out:st=17:d=3',
    );
    expect(after(args, '-c:a')).toBe('aac');
  });

  it('fades out over the last quarter of a short film', () => {
    expect(after(mux({ totalFrames: 96 }, song), '-af')).toBe(
      'atrim=start_sample=0:end_sample=192000,asetpts=PTS-STARTPTS,afade=t=out:st=3:d=1',
    );
  });

  it('begins within the music, and as loud as wanted', () => {
    const later = { ...song, startSec: 1.5, volume: 0.25 };
    expect(after(mux({ totalFrames: 24 }, later), '-af')).toBe(
      'atrim=start_sample=72000:end_sample=120000,asetpts=PTS-STARTPTS,volume=0.25,afade=t=out:st=0.75:d=0.25',
    );
    expect(after(soundtrackArgs(later, 10, 'in', 'out'), '-t')).toBe('11.5');
  });

  it('takes Vorbis in WebM: Opus crashes in this build', () => {
    expect(after(mux({ format: 'webm' }, song), '-c:a')).toBe('libvorbis');
  });
});

describe('GIF', () => {
  const gif = (changes: object, size = { width: 640, height: 360 }) =>
    gifArgs({ ...job, ...changes }, { input: 'in', palette: 'palette', size }, 'out');

  it('takes its palette from at most a hundred frames', () => {
    expect(after(paletteArgs(job, 'in', 'out'), '-vf')).toContain('mod(n,3)');
  });

  it('halves rates that players would slow down', () => {
    expect(after(gif({ fps: 60 }), '-lavfi')).toContain('fps=60/2');
    expect(after(gif({}), '-lavfi')).not.toContain('fps=');
  });

  it('has as many colours as wanted, and is scaled only where it is to be smaller than its frames', () => {
    const few = { ...job, gif: { ...gifDefaults, colours: 32 } };
    expect(after(paletteArgs(few, 'in', 'out'), '-vf')).toContain('max_colors=32');
    expect(after(gif({}), '-lavfi')).not.toMatch(/scale=\d/);
    expect(after(gif({}, { width: 320, height: 180 }), '-lavfi')).toContain('scale=320:180');
  });
});
