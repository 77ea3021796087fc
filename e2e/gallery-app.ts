/** The gallery as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

export class GalleryApp {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/?backend=wasm#/gallery');
    await expect(this.page.getByRole('searchbox', { name: 'Search in prompts' })).toBeVisible();
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

  async importFile(zip: Buffer): Promise<void> {
    await this.page
      .getByLabel('Gallery file')
      .setInputFiles({ name: 'gallery.zip', mimeType: 'application/zip', buffer: zip });
  }
}
