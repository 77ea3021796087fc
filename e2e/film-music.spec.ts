/** The player plays the film's music as the file will have it. */
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { filmFacts, soundSamples, still, tone, toneFile, videoStream } from './film-file.ts';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

let film: FilmApp;

test.beforeEach(async ({ page }) => {
  film = new FilmApp(page);
  await film.open();
});

test.describe('music', () => {
  const size = { width: 64, height: 64 };
  const filmSec = 6;

  test.beforeEach(async () => {
    await film.ownPictures([still('testsrc2', size), still('smptebars', size)]);
    await film.want({ Width: 64, Height: 64, 'Scene length (seconds)': 3, 'Transition frames': 0 });
    const file = { name: 'tone.mp3', mimeType: 'audio/mpeg', buffer: tone(2) };
    await film.field('Audio file').setInputFiles(file);
  });

  test('it sounds with the film, begins again where it ends, and fades out', async ({ page }) => {
    await film.button('Play').click();
    const heard = await listenToTheEnd(page);
    const lengthSec = heard[0]!.lengthSec;
    expect(lengthSec).toBeCloseTo(2, 0);
    const apart = heard.map(({ atSec, frame }) => distance(atSec, (frame / 24) % lengthSec, lengthSec));
    expect(median(apart), 'where the music is, against the film').toBeLessThan(0.25);
    expect(new Set(heard.map(({ atSec }) => atSec)).size, 'it moves').toBeGreaterThan(10);
    expect(Math.max(...heard.map(({ decodedBytes }) => decodedBytes))).toBeGreaterThan(0);
    // 1.5 s of fade, in a straight line.
    for (const { frame, volume } of heard)
      expect(volume, `at frame ${frame}`).toBeCloseTo(Math.min(1, (filmSec - frame / 24) / 1.5), 2);
    await expect(music(page)).toHaveJSProperty('paused', true);
    expect(await musicNow(page, 'volume')).toBeCloseTo(1 / 24 / 1.5, 3);
  });

  test('it is muted by keyboard, stands still with the film, and goes where the scrubber goes', async ({
    page,
  }) => {
    await film.button('Mute').focus();
    await page.keyboard.press('Enter');
    await expect(music(page)).toHaveJSProperty('muted', true);
    await expect(film.button('Unmute')).toBeFocused();
    await page.keyboard.press('Space');
    await expect(music(page)).toHaveJSProperty('muted', false);

    await film.button('Play').click();
    await expect(music(page)).toHaveJSProperty('paused', false);
    await film.button('Pause').click();
    await expect(music(page)).toHaveJSProperty('paused', true);

    await film.button('Play').click();
    await page.getByRole('slider', { name: 'Frame' }).press('Home');
    await expect(music(page)).toHaveJSProperty('paused', true);
    await expect(film.button('Play')).toBeVisible();
    for (let i = 0; i < 3; i++) await page.getByRole('slider', { name: 'Frame' }).press('PageUp');
    await expect.poll(() => musicNow(page, 'currentTime')).toBeCloseTo(30 / 24, 2);
  });

  test('in the file a short piece is joined without a gap, for as long as the film', async () => {
    const file = { name: 'short.mp3', mimeType: 'audio/mpeg', buffer: toneFile(0.3, 'mp3') };
    await film.field('Audio file').setInputFiles(file);
    for (const format of ['MP4', 'WebM'] as const) {
      const samples = soundSamples((await film.exportAs(format)).path);
      expect(Math.abs(samples.length - filmSec * 48_000), format).toBeLessThan(1024);
      // Until the fade no hundredth of a second is silent.
      expect(quietest(samples.subarray(2400, 4.4 * 48_000), 480), format).toBeGreaterThan(1000);
    }
  });

  test('it begins where it is told to, as loud as it is told to', async ({ page }) => {
    const file = { name: 'rising.wav', mimeType: 'audio/wav', buffer: steps([1000, 8000, 16_000, 30_000]) };
    await film.field('Audio file').setInputFiles(file);
    await film.want({ 'Begin in the music at (seconds)': 2, 'Volume (percent)': 50 });
    const samples = soundSamples((await film.exportAs('MP4')).path);
    // The file's third second first, then its last, then all over again.
    const heard = [0.5, 1.5, 2.5, 3.5].map((sec) => loudest(samples, sec));
    const expected = [8000, 15_000, 500, 4000];
    for (const [second, level] of expected.entries())
      expect(Math.abs(heard[second]! / level - 1), `second ${second}`).toBeLessThan(0.1);
    await page.getByRole('slider', { name: 'Frame' }).press('Home');
    await expect.poll(() => musicNow(page, 'currentTime')).toBeCloseTo(2, 2);
    expect(await musicNow(page, 'volume')).toBeCloseTo(0.5, 2);
  });

  test('several pieces follow each other without a gap, here and in the file; they change places', async ({
    page,
  }) => {
    const wav = (name: string, levels: number[]) => ({ name, mimeType: 'audio/wav', buffer: steps(levels) });
    await film.field('Audio file').setInputFiles(wav('first.wav', [1000, 8000]));
    await film.field('Another audio file').setInputFiles(wav('second.wav', [30_000]));
    const second = page.getByRole('group', { name: 'second.wav' });
    await second.getByLabel('Volume (percent)', { exact: true }).fill('50');
    const heard = async () => {
      const samples = soundSamples((await film.exportAs('MP4')).path);
      return [0.5, 1.5, 2.5, 3.5, 4.3].map((sec) => loudest(samples, sec));
    };
    near(await heard(), [1000, 8000, 15_000, 1000, 8000]);
    await expect(film.button('Mute')).toBeVisible();
    expect(await musicNow(page, 'duration')).toBeCloseTo(3, 2);
    await film.button('Play “second.wav” earlier').click();
    near(await heard(), [15_000, 1000, 8000, 15_000, 1000]);
    await film.button('Remove “second.wav”').click();
    near(await heard(), [1000, 8000, 1000, 8000, 1000]);
    await toast(page, '“second.wav” removed.').getByRole('button', { name: 'Undo' }).click();
    await expect(second).toBeVisible();
  });

  test('what the browser cannot play is heard in the player as in the file', async ({ page }) => {
    const file = { name: 'tone.aiff', mimeType: 'audio/aiff', buffer: toneFile(1.5, 'aiff') };
    await film.field('Audio file').setInputFiles(file);
    await expect(film.button('Mute')).toBeVisible();
    await expect.poll(() => musicNow(page, 'duration')).toBeCloseTo(1.5, 2);
    await film.button('Play').click();
    await expect.poll(() => musicNow(page, 'currentTime')).toBeGreaterThan(0.2);
    await film.button('Pause').click();
  });

  test('what is no sound, or holds none, is told in plain words that go with the file', async ({ page }) => {
    const told = page.getByRole('alert');
    const trouble = async (name: string, buffer: Buffer, words: RegExp) => {
      await film.field('Audio file').setInputFiles({ name, mimeType: 'audio/mpeg', buffer });
      await film.button(/^Export/).click();
      await expect(told.filter({ hasText: words }).first()).toBeVisible();
      expect((await told.allInnerTexts()).join()).not.toMatch(/ffmpeg|AppError|later version/);
    };
    await trouble('empty.wav', emptyWav(), /nothing to hear/i);
    await trouble('text.mp3', Buffer.from('Not a sound at all'), /cannot be read|can be read/i);
    await film
      .field('Audio file')
      .setInputFiles({ name: 'tone.mp3', mimeType: 'audio/mpeg', buffer: tone(1) });
    await expect(told.filter({ hasText: /./ })).toHaveCount(0);
  });

  test('a hidden page plays nothing', async ({ page }) => {
    await film.button('Play').click();
    await expect(music(page)).toHaveJSProperty('paused', false);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(music(page)).toHaveJSProperty('paused', true);
    await expect(film.button('Play')).toBeVisible();
  });

  test('without music there is nothing to mute', async () => {
    await expect(film.button('Mute')).toBeVisible();
    await film.button('Remove the music').click();
    await expect(film.button('Mute')).toBeHidden();
  });
});

/** Each within a tenth. */
function near(heard: readonly number[], expected: readonly number[]): void {
  for (const [at, level] of expected.entries())
    expect(Math.abs(heard[at]! / level - 1), `${heard.join()} at ${at}`).toBeLessThan(0.1);
}

/** The loudest sample of the quietest run of so many. */
function quietest(samples: Int16Array, run: number): number {
  const loudest: number[] = [];
  for (let at = 0; at + run <= samples.length; at += run)
    loudest.push(samples.subarray(at, at + run).reduce((max, value) => Math.max(max, Math.abs(value)), 0));
  return Math.min(...loudest);
}

/** A WAV's head, and no samples. */
function emptyWav(): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  return head;
}

interface Heard {
  readonly frame: number;
  readonly atSec: number;
  readonly lengthSec: number;
  readonly volume: number;
  readonly decodedBytes: number;
}

test('without music an MP4 has a silent track, to the sample as long as the film; if it is wanted', async () => {
  const size = { width: 64, height: 64 };
  await film.ownPictures([still('testsrc2', size), still('smptebars', size)]);
  const settings = { Width: 64, Height: 64, 'Scene length (seconds)': 1, 'Transition frames': 1 };
  await film.want({ ...settings, 'Frames per second': 29.97 });
  for (const encoder of [undefined, 'ffmpeg'] as const) {
    const { path } = await film.exportAs('MP4', encoder);
    const facts = filmFacts(path);
    expect(facts.streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
    // 2 × 29 frames and one between, 1001/30000 s each.
    expect(videoStream(facts)).toMatchObject({ nb_read_frames: '59', avg_frame_rate: '30000/1001' });
    const samples = soundSamples(path);
    expect(Math.abs(samples.length - (59 * 1001 * 48_000) / 30_000)).toBeLessThan(1024);
    expect(samples.every((sample) => sample === 0)).toBe(true);
  }
  await film.page.getByRole('switch', { name: /^Silent track/ }).click();
  const silent = filmFacts((await film.exportAs('MP4')).path);
  expect(silent.streams.map(({ codec_type }) => codec_type)).toEqual(['video']);
});

/** A WAV of one second at each level: 48 kHz, one channel, a wave of 480 Hz. */
function steps(levels: readonly number[]): Buffer {
  const head = emptyWav();
  const data = Buffer.alloc(levels.length * 48_000 * 2);
  levels.forEach((level, second) => {
    for (let i = 0; i < 48_000; i++) {
      const value = Math.round(level * Math.sin((2 * Math.PI * i) / 100));
      data.writeInt16LE(value, (second * 48_000 + i) * 2);
    }
  });
  head.writeUInt32LE(36 + data.length, 4);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** The loudest sample of the fifth of a second around this one. */
const loudest = (samples: Int16Array, atSec: number) =>
  samples
    .subarray((atSec - 0.1) * 48_000, (atSec + 0.1) * 48_000)
    .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

const music = (page: Page) => page.getByRole('region', { name: 'Film', exact: true }).locator('audio');

const musicNow = (page: Page, property: 'currentTime' | 'volume' | 'duration') =>
  music(page).evaluate((audio: HTMLAudioElement, name) => audio[name], property);

/** What sounds at each frame that is shown, until the film stops. */
function listenToTheEnd(page: Page): Promise<Heard[]> {
  return page.evaluate(async () => {
    const audio = document.querySelector('audio')!;
    const heard: Heard[] = [];
    const shown = () => Number(document.querySelector('[role=slider][aria-label=Frame]')!.ariaValueNow);
    let frame = 0;
    for (let before = -1; frame < 143;) {
      await new Promise(requestAnimationFrame);
      frame = shown();
      if (frame === before || audio.paused) continue;
      before = frame;
      const { currentTime: atSec, duration: lengthSec, volume } = audio;
      const decodedBytes = (audio as unknown as Record<string, number>)['webkitAudioDecodedByteCount'] ?? 0;
      heard.push({ frame, atSec, lengthSec, volume, decodedBytes });
    }
    return heard;
  });
}

const distance = (a: number, b: number, lengthSec: number) =>
  Math.min(Math.abs(a - b), lengthSec - Math.abs(a - b));

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
