/** Scenes become a film, with the real engine and the real encoders; the files are judged by ffprobe and ffmpeg. */
import { FilmApp, type SavedFilm } from './film-app.ts';
import {
  decodedFrame,
  filmFacts,
  mixed,
  psnr,
  similarity,
  tone,
  videoStream,
  volumeDb,
  zipNames,
  still,
} from './film-file.ts';
import { expect, test } from './test.ts';

const prompts = ['a calm beach at sunset', 'snowy mountains at noon', 'a forest at night'];
const size = { width: 512, height: 512 };
/** Inside scenes and inside both transitions. */
const looks = [36, 77, 120, 162];

test('three scenes at the contract’s defaults become an MP4 that plays everywhere, shows what was generated, and equals the preview; so with ffmpeg', async ({
  page,
}) => {
  const film = new FilmApp(page);
  await film.open();
  await film.paste(prompts);
  await expect(page.getByText('240 frames')).toBeVisible();
  await film.generate();
  const file = await film.exportAs('MP4');
  expectContract(file);
  await expectFaithful(film, file);
  await expect(page.getByText(/by ffmpeg/)).toBeHidden();
  const forced = await film.exportAs('MP4', 'ffmpeg');
  await expect(page.getByText(/by ffmpeg/)).toBeVisible();
  expectContract(forced);
  await expectFaithful(film, forced);
});

function expectContract(file: SavedFilm): void {
  const facts = filmFacts(file.path);
  expect(videoStream(facts)).toMatchObject({
    codec_name: 'h264',
    pix_fmt: 'yuv420p',
    color_range: 'tv',
    color_space: 'bt709',
    color_primaries: 'bt709',
    color_transfer: 'bt709',
    ...size,
    avg_frame_rate: '24/1',
    nb_read_frames: '240',
  });
  expect(facts.durationSec).toBeCloseTo(10, 3);
  expect(file.name).toBe('a-calm-beach-at-sunset.mp4');
  // The index comes before the pictures: playing starts before all has arrived.
  expect(file.bytes.indexOf('moov')).toBeLessThan(file.bytes.indexOf('mdat'));
}

async function expectFaithful(film: FilmApp, file: SavedFilm): Promise<void> {
  for (const [index, frame] of [36, 120, 204].entries()) {
    const decoded = decodedFrame(file.path, frame, size);
    expect(similarity(decoded, await film.pictureFile(index + 1)), `scene ${index + 1}`).toBeGreaterThan(0.9);
  }
  const [before, after] = [71, 84].map((frame) => decodedFrame(file.path, frame, size));
  for (const frame of [72, 77, 83]) {
    const alpha = (frame - 71) / 13;
    const blend = decodedFrame(file.path, frame, size);
    expect(psnr(blend, mixed(before!, after!, alpha)), `blended frame ${frame}`).toBeGreaterThan(30);
  }
  for (const frame of looks) {
    const shown = await film.playerFrame(frame);
    expect(psnr(shown, decodedFrame(file.path, frame, size)), `preview of frame ${frame}`).toBeGreaterThan(
      30,
    );
  }
}

test('WebM by ffmpeg (VP8) has the colours of MP4 for whoever reads VP8 as all do, as BT.601', async ({
  page,
}) => {
  const film = new FilmApp(page);
  await film.open();
  const size = { width: 64, height: 64 };
  const colours = [
    [208, 48, 32],
    [32, 176, 64],
    [48, 64, 208],
  ] as const;
  const flat = ([r, g, b]: readonly number[]) => `format=rgb24,geq=r=${r}:g=${g}:b=${b}`;
  await film.ownPictures(colours.map((colour) => still('color', size, flat(colour))));
  await film.want({ Width: 64, Height: 64, 'Scene length (seconds)': 1, 'Transition frames': 0 });
  const files = { mp4: await film.exportAs('MP4'), webm: await film.exportAs('WebM', 'ffmpeg') };
  for (const [index, colour] of colours.entries()) {
    const at = index * 24 + 12;
    const seen = [decodedFrame(files.mp4.path, at, size), decodedFrame(files.webm.path, at, size, 'bt601')];
    for (const { data } of seen)
      for (const [channel, value] of colour.entries())
        expect(Math.abs(data[(32 * 64 + 32) * 4 + channel]! - value), String(colour)).toBeLessThan(6);
  }
});

test.describe('other films', () => {
  let film: FilmApp;

  test.beforeEach(async ({ page }) => {
    film = new FilmApp(page);
    await film.open();
    await film.paste(prompts.slice(0, 2));
    await film.want({ Steps: 3, 'Scene length (seconds)': 1, 'Transition frames': 6 });
  });

  test('WebM, and its comment', async () => {
    await film.generate();
    const file = await film.exportAs('WebM');
    const facts = filmFacts(file.path);
    expect(videoStream(facts)).toMatchObject({ codec_name: 'vp9', ...size, nb_read_frames: '54' });
    expect(facts.comment).toContain('"kind":"film"');
    const forced = filmFacts((await film.exportAs('WebM', 'ffmpeg')).path);
    expect(videoStream(forced)).toMatchObject({
      codec_name: 'vp8',
      color_space: 'smpte170m',
      color_primaries: 'bt709',
      nb_read_frames: '54',
    });
  });

  test('GIF', async () => {
    await film.generate();
    const facts = filmFacts((await film.exportAs('GIF')).path);
    expect(videoStream(facts)).toMatchObject({ codec_name: 'gif', ...size, nb_read_frames: '54' });
    expect(facts.durationSec).toBeCloseTo(54 / 24, 1);
  });

  test('every frame as a PNG', async () => {
    await film.generate();
    const { bytes, name } = await film.exportAs('PNG frames');
    expect(name).toBe('a-calm-beach-at-sunset.zip');
    expect(zipNames(bytes)).toEqual(
      Array.from(
        { length: 54 },
        (_, i) => `a-calm-beach-at-sunset-24fps/frame-${String(i).padStart(2, '0')}.png`,
      ),
    );
  });

  test('portrait, with motion and captions: the preview equals the file', async ({ page }) => {
    const portrait = { width: 360, height: 640 };
    await film.want({ Width: portrait.width, Height: portrait.height });
    await film.choose('Motion', 'Zoom in');
    await page.getByRole('switch', { name: /Captions/ }).click();
    await film.generate();
    const file = await film.exportAs('MP4');
    expect(videoStream(filmFacts(file.path))).toMatchObject({ ...portrait, nb_read_frames: '54' });
    for (const frame of [0, 12, 26, 50]) {
      const shown = await film.playerFrame(frame);
      expect(psnr(shown, decodedFrame(file.path, frame, portrait)), `frame ${frame}`).toBeGreaterThan(30);
    }
    const [early, late] = [decodedFrame(file.path, 2, portrait), decodedFrame(file.path, 20, portrait)];
    expect(psnr(early, late), 'the camera moves').toBeLessThan(40);
  });

  test('pictures meet the film’s shape: generated at its aspect ratio, never stretched', async ({ page }) => {
    await film.want({ Width: 640, Height: 360 });
    await film.generate();
    const sides = await film
      .thumbnails()
      .first()
      .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    expect(sides[0]! / sides[1]!).toBeGreaterThan(1.5);
    const file = await film.exportAs('MP4');
    expect(videoStream(filmFacts(file.path))).toMatchObject({ width: 640, height: 360 });
    await expect(page.getByText(/^1 picture made/)).toBeHidden();
  });

  for (const encoder of [undefined, 'ffmpeg'] as const) {
    test(`music, looped to the film’s length and faded out (${encoder ?? 'WebCodecs'})`, async () => {
      await film
        .field('Audio file')
        .setInputFiles({ name: 'tone.mp3', mimeType: 'audio/mpeg', buffer: tone(1) });
      await film.generate();
      const { path } = await film.exportAs('MP4', encoder);
      const facts = filmFacts(path);
      expect(facts.streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
      expect(videoStream(facts)).toMatchObject({
        nb_read_frames: '54',
        avg_frame_rate: '24/1',
        color_range: 'tv',
      });
      expect(facts.durationSec).toBeCloseTo(54 / 24, 1);
      expect(volumeDb(path, 1.1, 0.4)).toBeGreaterThan(-30);
      expect(volumeDb(path, 2.15, 0.1)).toBeLessThan(volumeDb(path, 1.1, 0.4) - 10);
    });
  }

  test('a morph draws new pictures between two scenes', async ({ page }) => {
    await film.choose('Transition', 'Morph');
    await film.want({ 'Pictures between': 2 });
    await expect(page.getByText(/4 pictures/)).toBeVisible();
    await film.generate();
    const file = await film.exportAs('MP4');
    expect(videoStream(filmFacts(file.path))).toMatchObject({ nb_read_frames: '54' });
    const [from, middle, to] = [10, 26, 45].map((frame) => decodedFrame(file.path, frame, size));
    expect(psnr(middle!, mixed(from!, to!, 0.5)), 'not just a cross-fade').toBeLessThan(35);
    expect(psnr(await film.playerFrame(26), middle!)).toBeGreaterThan(30);
  });
});
