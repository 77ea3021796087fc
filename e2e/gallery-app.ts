/** The gallery as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { fillGallery, readGallery } from './gallery-records.ts';

export class GalleryApp {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/?backend=wasm#/gallery');
    await expect(this.page.getByRole('searchbox', { name: 'Search in prompts' })).toBeVisible();
  }

  async openFilled(count: number): Promise<void> {
    await this.open();
    await fillGallery(this.page, count);
    await this.page.reload();
    await expect(this.works.first()).toBeVisible();
  }

  get works() {
    return this.page.getByRole('list', { name: 'Works' }).getByRole('listitem');
  }

  button(name: string | RegExp, within: Page | Locator = this.page) {
    return within.getByRole('button', { name, exact: true });
  }

  /** The newest is 0. */
  async openWork(index: number): Promise<void> {
    await this.works
      .nth(index)
      .getByRole('button', { name: /^(Picture|Film)/ })
      .click();
  }

  /** What a press of a button brings into the downloads. */
  async download(button: Locator): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await button.click();
    return readFileSync(await (await download).path());
  }

  async exportAll(): Promise<Buffer> {
    // Nobody can answer the system's dialog; without it the file goes through the downloads.
    await this.page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    return this.download(this.button('Export all'));
  }

  /** All works, for good: nobody can undo it any more. */
  async deleteAll(): Promise<void> {
    await this.button('Select').click();
    await this.button('All').click();
    await this.button('Delete').click();
    await expect(this.page.getByText('Nothing here yet')).toBeVisible();
    await this.button('Dismiss').last().click();
    await expect.poll(() => readGallery(this.page)).toEqual({ works: [], orphans: [] });
  }

  async importFile(zip: Buffer): Promise<void> {
    await this.page
      .getByLabel('Gallery file')
      .setInputFiles({ name: 'gallery.zip', mimeType: 'application/zip', buffer: zip });
  }
}
