/** The Film screen as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { Pixels } from './pixels.ts';

export interface SavedFilm {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

export class FilmApp {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(query = '?backend=wasm'): Promise<void> {
    await this.page.goto(`/${query}#/film`);
    await expect(this.scenes.first()).toBeVisible();
  }

  get scenes() {
    return this.page.getByRole('listitem', { name: /^Scene \d+$/ });
  }

  prompt(number: number) {
    return this.page.getByRole('textbox', { name: `Scene ${number} prompt` });
  }

  field(name: string) {
    return this.page.getByLabel(name, { exact: true });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Thumbnails of finished pictures are decorations beside their prompt. */
  thumbnails() {
    return this.scenes.locator('img');
  }

  async prompts(): Promise<string[]> {
    const boxes = await this.page.getByRole('textbox', { name: /^Scene \d+ prompt$/ }).all();
    return Promise.all(boxes.map((box) => box.inputValue()));
  }

  async paste(prompts: readonly string[]): Promise<void> {
    await this.button('Paste a list').click();
    await this.field('One scene a line').fill(prompts.join('\n'));
    await this.button(`Add ${prompts.length} scenes`).click();
    await expect(this.scenes).toHaveCount(prompts.length);
  }

  async openSettings(): Promise<void> {
    const trigger = this.button('Film settings');
    if ((await trigger.getAttribute('aria-expanded')) === 'false') await trigger.click();
    await expect(this.field('Frames per second')).toBeVisible();
  }

  async want(values: Readonly<Record<string, number>>): Promise<void> {
    await this.openSettings();
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(String(value));
  }

  async choose(label: string, option: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async generate(): Promise<void> {
    await this.button('Generate').click();
    await expect(this.button('Generate')).toBeHidden();
    await expect(this.button(/^Export/)).toBeVisible({ timeout: 200_000 });
  }

  async exportAs(format: 'MP4' | 'WebM' | 'GIF' | 'PNG frames', encoder?: 'ffmpeg'): Promise<SavedFilm> {
    await this.chooseFormat(format);
    if (encoder) await this.chooseFfmpeg();
    await this.button(`Export ${format}`).click();
    return this.save();
  }

  async chooseFormat(format: string): Promise<void> {
    await this.chooseFromFormats(new RegExp(`^${format}`));
    await expect(this.button(`Export ${format}`)).toBeVisible();
  }

  chooseFfmpeg = () => this.chooseFromFormats(/ffmpeg/);

  private async chooseFromFormats(name: RegExp): Promise<void> {
    await this.button('File format').click();
    await this.page.getByRole('menuitemradio', { name }).click();
  }

  async save(): Promise<SavedFilm> {
    const save = this.button('Save');
    await expect(save).toBeVisible({ timeout: 200_000 });
    const download = this.page.waitForEvent('download');
    await save.click();
    const file = await download;
    const path = await file.path();
    return { name: file.suggestedFilename(), path, bytes: readFileSync(path) };
  }

  /** A film that needs no model: scene n shows the n-th picture. */
  async ownPictures(pictures: readonly Buffer[]): Promise<void> {
    await this.paste(pictures.map((_, index) => `scene ${index + 1}`));
    for (const [index, buffer] of pictures.entries()) {
      await this.field(`Own picture for scene ${index + 1}`).setInputFiles({
        name: `${index + 1}.png`,
        mimeType: 'image/png',
        buffer,
      });
    }
    await expect(this.thumbnails()).toHaveCount(pictures.length);
  }

  async menu(number: number, item: string): Promise<void> {
    await this.button(`More for scene ${number}`).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** The pixels that the player shows for frame `index`. */
  async playerFrame(index: number): Promise<Pixels> {
    const thumb = this.page.getByRole('slider', { name: 'Frame' });
    await thumb.focus();
    await this.page.keyboard.press('Home');
    for (let i = 0; i < Math.floor(index / 10); i++) await this.page.keyboard.press('PageUp');
    for (let i = 0; i < index % 10; i++) await this.page.keyboard.press('ArrowRight');
    const canvas = this.page.locator(`canvas[data-frame="${index}"]`);
    await expect(canvas).toBeVisible();
    const { width, height, base64 } = await canvas.evaluate((element: HTMLCanvasElement) => {
      const context = new OffscreenCanvas(element.width, element.height).getContext('2d')!;
      context.drawImage(element, 0, 0);
      const { data } = context.getImageData(0, 0, element.width, element.height);
      let text = '';
      for (let i = 0; i < data.length; i += 4096) text += String.fromCharCode(...data.subarray(i, i + 4096));
      return { width: element.width, height: element.height, base64: btoa(text) };
    });
    return { width, height, data: new Uint8Array(Buffer.from(base64, 'base64')) };
  }

  /** The PNG behind a scene's thumbnail. */
  async pictureFile(number: number): Promise<Buffer> {
    const base64 = await this.scenes
      .nth(number - 1)
      .locator('img')
      .evaluate(async (image: HTMLImageElement) => {
        const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
        let text = '';
        for (let i = 0; i < bytes.length; i += 4096)
          text += String.fromCharCode(...bytes.subarray(i, i + 4096));
        return btoa(text);
      });
    return Buffer.from(base64, 'base64');
  }
}
