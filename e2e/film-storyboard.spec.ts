/** The storyboard: editing, stopping, coming back, and what goes wrong. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { App } from './app.ts';
import { FilmApp } from './film-app.ts';
import { decodedFrame, filmFacts, psnr, still, videoStream } from './film-file.ts';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

const prompts = ['a calm beach at sunset', 'snowy mountains at noon', 'a forest at night'];
const quick = { Steps: 3, 'Scene length (seconds)': 1, 'Transition frames': 6 };
let film: FilmApp;

test.beforeEach(async ({ page }) => {
  film = new FilmApp(page);
  await film.open();
});

test.describe('editing', () => {
  test.beforeEach(() => film.paste(prompts));

  test('scenes are added, duplicated, deleted with undo, and moved by keyboard and by hand', async ({
    page,
  }) => {
    const [beach, mountains, forest] = prompts as [string, string, string];
    const handle = page.getByRole('button', { name: /^Move scene 1/ });
    await handle.focus();
    await page.keyboard.press('ArrowDown');
    expect(await film.prompts()).toEqual([mountains, beach, forest]);
    await expect(page.getByRole('button', { name: /^Move scene 2/ })).toBeFocused();
    await page.keyboard.press('ArrowUp');
    expect(await film.prompts()).toEqual(prompts);
    await expect(page.getByText('Scene 2 is now scene 1 of 3.')).toBeAttached();

    await drag(page, 3, 1);
    expect(await film.prompts()).toEqual([forest, beach, mountains]);

    await film.menu(1, 'Duplicate');
    expect(await film.prompts()).toEqual([forest, forest, beach, mountains]);
    await film.menu(2, 'Delete');
    expect(await film.prompts()).toEqual([forest, beach, mountains]);
    await film.button('Undo').click();
    expect(await film.prompts()).toEqual([forest, forest, beach, mountains]);
    await film.button('Add scene').click();
    await expect(film.prompt(5)).toBeFocused();
  });

  test('choices in a scene stay as they are written until the person has one of them chosen', async ({
    page,
  }) => {
    const scene = page.getByRole('listitem', { name: 'Scene 2', exact: true });
    await expect(scene.getByText('A film draws')).toBeHidden();
    await film.prompt(2).fill('a {red|red} fox');
    await expect(scene.getByText('A film draws {…|…} and __lists__ as they stand.')).toBeVisible();
    await scene.getByRole('button', { name: 'Choose now' }).click();
    await expect(film.prompt(2)).toHaveValue('a red fox');
    await expect(scene.getByText('A film draws')).toBeHidden();
  });

  test('only changed scenes are made again; a locked one keeps its picture', async ({ page }) => {
    await film.want(quick);
    await film.generate();
    await expect(page.getByText(/^3 pictures made/)).toBeVisible();
    const [first, second] = [await film.pictureFile(1), await film.pictureFile(2)];
    await film.prompt(2).fill('a desert at noon');
    await expect(film.button('Show scene 2 in the player (changed)')).toBeVisible();
    await film.generate();
    await expect(page.getByText(/^1 picture made/)).toBeVisible();
    expect(first.equals(await film.pictureFile(1))).toBe(true);
    expect(second.equals(await film.pictureFile(2))).toBe(false);

    await film.button('Keep the picture of scene 1 as it is').click();
    await film.field('Style').fill('at night');
    await film.generate();
    await expect(page.getByText(/^2 pictures made/)).toBeVisible();
    expect(first.equals(await film.pictureFile(1))).toBe(true);
    await film.button('Another picture for scene 3').click();
    await expect(page.getByText(/^1 picture made/)).toBeVisible();
  });

  test('a scene’s own picture, length, motion and transition', async ({ page }) => {
    await film.want(quick);
    const red = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(300, 100);
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'red';
      context.fillRect(0, 0, 300, 100);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    });
    const own = { name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(red, 'base64') };
    await film.field('Own picture for scene 2').setInputFiles(own);
    await film.button('Scene 1 settings').click();
    await film.field('Length (seconds)').fill('2');
    await film.button(/^Transition from scene 2 to 3/).click();
    await film.choose('Transition', 'Cut', page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    // 48 + 6 + 24 + 0 + 24
    await expect(page.getByText('102 frames')).toBeVisible();
    await film.generate();
    await expect(page.getByText(/^2 pictures made/)).toBeVisible();
    const file = await film.exportAs('MP4');
    expect(videoStream(filmFacts(file.path))).toMatchObject({ nb_read_frames: '102' });
    const { data } = decodedFrame(file.path, 66, { width: 512, height: 512 });
    expect(data[0]).toBeGreaterThan(245);
    expect(Math.max(data[1]!, data[2]!)).toBeLessThan(10);
    await film.field('Own picture for scene 1').setInputFiles({ ...own, buffer: Buffer.from('no picture') });
    await expect(toast(page, 'That file is not a picture')).toBeVisible();
  });
});

async function drag(page: Page, from: number, to: number): Promise<void> {
  const middle = async (number: number) => {
    const box = await page.getByRole('button', { name: new RegExp(`^Move scene ${number}`) }).boundingBox();
    return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2, height: box!.height };
  };
  const [start, end] = [await middle(from), await middle(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x, start.y + 10);
  await page.mouse.move(end.x, end.y - end.height / 3, { steps: 8 });
  await page.mouse.up();
}

test.describe('bad input is told beside its field', () => {
  test('one scene, an empty scene', async ({ page }) => {
    await film.menu(2, 'Delete');
    await film.prompt(1).fill('a beach');
    await film.button('Generate').click();
    await expect(page.getByText('At least 2 scenes required')).toBeVisible();
    await film.button('Add scene').click();
    await film.button('Generate').click();
    await expect(film.prompt(2)).toHaveAttribute('aria-invalid', 'true');
    await expect(film.prompt(2)).toHaveAccessibleDescription(/Write what this scene shows/);
    await expect(film.prompt(2)).toBeFocused();
    await expect(film.prompt(1)).toHaveValue('a beach');
  });
});

test.describe('stopping and coming back', () => {
  test('a cancel keeps what is finished; a reload in the middle too, and it goes on from there', async ({
    page,
  }) => {
    await film.paste(prompts);
    await film.want({ ...quick, Steps: 12 });
    await film.button('Generate').click();
    await expect(film.thumbnails()).toHaveCount(1);
    await film.button('Cancel').click();
    await expect(page.getByText('Stopped. What was finished is kept.')).toBeVisible();
    const first = await film.pictureFile(1);
    await film.button('Generate').click();
    await expect(film.thumbnails()).toHaveCount(2);
    await page.reload();
    await expect(film.thumbnails()).toHaveCount(2);
    expect(await film.prompts()).toEqual(prompts);
    expect(first.equals(await film.pictureFile(1))).toBe(true);
    await film.generate();
    await expect(page.getByText(/^1 picture made/)).toBeVisible();
  });

  for (const encoder of ['auto', 'ffmpeg'] as const) {
    test(`an export is cancelled and nothing goes on running (${encoder})`, async ({ page }) => {
      await film.paste(prompts);
      await film.want({ ...quick, 'Scene length (seconds)': 60 });
      await film.choose('Motion', 'Zoom in');
      await film.generate();
      const workers = page.workers().length;
      if (encoder === 'ffmpeg') await film.chooseFfmpeg();
      await film.button('Export MP4').click();
      await expect(page.getByText(/^Frame [1-9]/)).toBeVisible();
      await film.button('Cancel').click();
      await expect(page.getByText('The export was stopped.')).toBeVisible();
      await expect.poll(() => page.workers().length).toBeLessThanOrEqual(workers + 1);
      await film.want({ 'Scene length (seconds)': 1 });
      const file = await film.exportAs('MP4');
      expect(videoStream(filmFacts(file.path))).toMatchObject({ nb_read_frames: '84' });
    });
  }
});

test('dropping the MP4 on the page brings its storyboard back; a film from elsewhere is told', async ({
  page,
}) => {
  await film.paste(prompts.slice(0, 2));
  await film.want({ ...quick, 'Frames per second': 12 });
  await film.field('Hero').fill('a red robot');
  await film.field('Title').fill('My first film');
  const file = await film.exportAs('MP4');
  expect(file.name).toBe('my-first-film.mp4');
  const frame = decodedFrame(file.path, 5, { width: 512, height: 512 });
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'New film' }).click();
  expect(await film.prompts()).toEqual(['', '']);

  await page.goto('/?backend=wasm#/picture');
  const app = new App(page);
  await app.drop('copy.mp4', 'video/mp4', file.bytes);
  await expect(film.field('Title')).toHaveValue('My first film');
  expect(await film.prompts()).toEqual(prompts.slice(0, 2));
  await expect(film.field('Hero')).toHaveValue('a red robot');
  await film.generate();
  expect(psnr(await film.playerFrame(5), frame), 'the same pictures again').toBeGreaterThan(30);

  await app.drop('other.mp4', 'video/mp4', Buffer.from('no film at all'));
  await expect(toast(page, 'This is not a film that can be read.')).toBeVisible();
  expect(await film.prompts()).toEqual(prompts.slice(0, 2));
});

test('a project file keeps pictures and everything else', async ({ page }) => {
  await film.paste(prompts.slice(0, 2));
  await film.want(quick);
  await film.generate();
  const picture = await film.pictureFile(2);
  const download = page.waitForEvent('download');
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'Save as a project file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('a-calm-beach-at-sunset.zoetrope.zip');
  const path = await file.path();
  await film.button('Films').click();
  await page.getByRole('menuitem', { name: 'New film' }).click();
  await expect(film.thumbnails()).toHaveCount(0);
  await film.field('Project file or film').setInputFiles(path);
  await expect(film.thumbnails()).toHaveCount(2);
  expect(picture.equals(await film.pictureFile(2))).toBe(true);
  await expect(film.button('Export MP4')).toBeVisible();
  await expect(film.button('Generate')).toBeHidden();
});

test.describe('without the service worker’s copies', () => {
  test.use({ serviceWorkers: 'block' });

  test('an encoder that fails on the way: ffmpeg begins again, and the person is told', async ({ page }) => {
    await page.route('**/assets/main-*.js', async (route) => {
      const response = await route.fetch();
      const broken = `let frames = 0; const Real = self.VideoEncoder; if (Real) { const encode = Real.prototype.encode;
      Real.prototype.encode = function (...args) { if (++frames > 20) throw new DOMException('broken', 'EncodingError'); return encode.apply(this, args); }; }\n`;
      await route.fulfill({ response, body: broken + (await response.text()) });
    });
    await page.reload();
    await film.paste(prompts.slice(0, 2));
    await film.want(quick);
    const file = await film.exportAs('MP4');
    await expect(page.getByText('The browser’s own encoder failed, so ffmpeg wrote the film.')).toBeVisible();
    expect(videoStream(filmFacts(file.path))).toMatchObject({ codec_name: 'h264', nb_read_frames: '54' });
  });
});

test('music that cannot be read is told beside its field', async ({ page }) => {
  await film.paste(prompts.slice(0, 2));
  await film.want(quick);
  const noise = { name: 'noise.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no music') };
  await film.field('Audio file').setInputFiles(noise);
  await film.button('Export MP4').click();
  await expect(page.getByText('This is no audio that can be read.').first()).toBeVisible({
    timeout: 120_000,
  });
});

for (const [device, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, reducedMotion: 'reduce' } as object);

      test('axe finds no violation, and nothing is wider than the screen', async ({ page }) => {
        await expectNoViolations(page);
        await film.paste(prompts.slice(0, 2));
        await film.want(quick);
        await film.exportAs('MP4');
        await film.button('Scene 1 settings').click();
        await film.field('Frames per second').fill('0');
        await expectNoViolations(page);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(viewport.width);
      });
    });
  }
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

test('a picture of another shape is cut, stands between bars, or before its own blur', async () => {
  await film.ownPictures([
    still('color', { width: 128, height: 64 }, 'format=rgb24,lutrgb=r=255:g=165:b=0'),
    still('testsrc2', size64),
  ]);
  await film.want({ Width: 64, Height: 64 });
  /** Red at the top edge and in the middle. */
  const reds = async () => {
    const { data } = await film.playerFrame(0);
    return [2, 32].map((row) => data[(row * 64 + 32) * 4]!);
  };
  await expect.poll(reds).toEqual([expect.closeTo(255, -1), expect.closeTo(255, -1)]);
  await film.choose('Pictures of another shape', 'Whole, with black bars');
  await expect.poll(reds).toEqual([0, expect.closeTo(255, -1)]);
  await film.choose('Pictures of another shape', 'Whole, before their own blur');
  await expect.poll(reds).toEqual([expect.closeTo(140, -1), expect.closeTo(255, -1)]);
});

const size64 = { width: 64, height: 64 };
