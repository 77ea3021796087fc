/** What the settings say and do about use without a network. */
import { expect, type Page } from '@playwright/test';

export class OfflineSettings {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(this.dialog.getByRole('heading', { name: 'Without a network' })).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  get dialog() {
    return this.page.getByRole('dialog', { name: 'Settings' });
  }

  get fetchAllButton() {
    return this.dialog.getByRole('button', { name: 'Make everything available offline' });
  }

  /** What stands beside `App`, `Built-in model`, `Computing` … */
  part(name: string) {
    const term = this.page.getByText(name, { exact: true });
    return this.dialog.locator('dl > div').filter({ has: term }).locator('dd');
  }

  /** One line of the test's results. */
  result(text: string) {
    return this.dialog.getByRole('list', { name: 'Results of the test' }).getByRole('listitem').filter({
      hasText: text,
    });
  }

  /** Runs the test to its end. */
  async test(): Promise<void> {
    const button = this.dialog.getByRole('button', { name: 'Test it' });
    await button.click();
    await expect(button).toBeDisabled();
    await expect(button).toBeEnabled({ timeout: 200_000 });
  }
}
