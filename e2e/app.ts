/** The app as a person uses it: everything is found by its role and label. */
import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { decodePixels, type Pixels } from './pixels.ts';

export interface Wanted {
  readonly prompt?: string;
  readonly negative?: string;
  readonly steps?: number;
  readonly guidance?: number;
  readonly seed?: number;
  readonly width?: number;
  readonly height?: number;
  readonly count?: number;
}

const advancedFields = {
  negative: 'Negative prompt',
  steps: 'Steps',
  guidance: 'Guidance',
  seed: 'Seed',
  width: 'Width',
  height: 'Height',
  count: 'Pictures',
} as const;

export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(query = '?backend=wasm'): Promise<void> {
    await this.page.goto(`/${query}`);
    await expect(this.prompt).toBeVisible();
  }

  get prompt() {
    return this.page.getByRole('textbox', { name: 'Prompt', exact: true });
  }

  get generateButton() {
    return this.page.getByRole('button', { name: 'Generate', exact: true });
  }

  get cancelButton() {
    return this.page.getByRole('button', { name: 'Cancel', exact: true });
  }

  get pictures() {
    return this.page.getByRole('listbox', { name: 'Pictures of this session' }).getByRole('option');
  }

  field(name: string) {
    return this.page.getByLabel(name, { exact: true });
  }

  async openAdvanced(): Promise<void> {
    const trigger = this.page.getByRole('button', { name: 'Advanced' });
    if ((await trigger.getAttribute('aria-expanded')) === 'false') await trigger.click();
    await expect(this.field('Steps')).toBeVisible();
  }

  async want(wanted: Wanted): Promise<void> {
    if (wanted.prompt !== undefined) await this.put(this.prompt, wanted.prompt);
    if (Object.keys(wanted).some((key) => key in advancedFields)) await this.openAdvanced();
    for (const [key, label] of Object.entries(advancedFields)) {
      const value = wanted[key as keyof Wanted];
      if (value !== undefined) await this.put(this.field(label), String(value));
    }
  }

  /** Over WebDriver BiDi a value that is put into a field does not reach the page's own code: it is typed there, as a person does it. */
  private async put(field: Locator, value: string): Promise<void> {
    if (this.page.context().browser()?.browserType().name() !== 'firefox') return field.fill(value);
    await field.focus();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(value);
  }

  /** Presses Generate and waits for all pictures of the run. */
  async generate(wanted: Wanted = {}): Promise<void> {
    await this.want(wanted);
    const before = await this.pictures.count();
    await this.generateButton.click();
    await expect(this.pictures).toHaveCount(before + (wanted.count ?? 1), { timeout: 200_000 });
    await expect(this.generateButton).toBeVisible();
  }

  /** The PNG as the person gets it. */
  async savedFile(): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Save PNG' }).click();
    return readDownload(await download);
  }

  async savedPixels(): Promise<Pixels> {
    return decodePixels(this.page, (await this.savedFile()).bytes);
  }

  async picture(wanted: Wanted): Promise<Pixels> {
    await this.generate(wanted);
    return this.savedPixels();
  }

  /** Drops a file on the page, as from a folder. */
  async drop(name: string, type: string, bytes: Buffer): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([fileName, fileType, base64]) => {
        const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([content], fileName, { type: fileType }));
        return data;
      },
      [name, type, bytes.toString('base64')] as const,
    );
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  }
}

export async function readDownload(download: Download): Promise<{ name: string; bytes: Buffer }> {
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
