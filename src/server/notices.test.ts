import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notices, noticesText } from './notices.ts';

const root = join(import.meta.dirname, '../..');

it('names every package that ends up in the build, with version, licence and where it comes from', () => {
  const all = notices(root);
  const names = all.map(({ name }) => name);
  for (const name of [
    'react',
    'zustand',
    'mediabunny',
    '@ffmpeg/core',
    'onnxruntime-web',
    'redoc',
    'scheduler',
  ])
    expect(names).toContain(name);
  for (const name of ['vitest', 'sirv', 'ws', 'empty-npm-package']) expect(names).not.toContain(name);
  for (const { licence, source, version } of all) {
    expect(licence).not.toBe('');
    expect(source).toMatch(/\w/);
    expect(version).toMatch(/^\d/);
  }
});

it('carries what the GPL and the MPL ask for: their text, and where the source is', () => {
  const text = noticesText(root);
  expect(text).toContain('GNU GENERAL PUBLIC LICENSE');
  expect(text).toContain('END OF TERMS AND CONDITIONS');
  expect(text).toContain('https://github.com/ffmpegwasm/ffmpeg.wasm');
  expect(text).toContain('Mozilla Public License Version 2.0');
  expect(text).toContain('Fluent Emoji');
});
