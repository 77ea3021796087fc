/** The sheet of models as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ModelsSheet {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Models' });
  }

  get chip(): Locator {
    return this.page.getByRole('button', { name: /^Model:/ });
  }

  async open(): Promise<void> {
    await this.chip.click();
    await expect(this.dialog.getByRole('list', { name: 'Models', exact: true })).toBeVisible();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** One line of the list. */
  row(name: string): Locator {
    return this.dialog
      .getByRole('list', { name: 'Models', exact: true })
      .getByRole('listitem', { name, exact: true });
  }

  /** One line of what a search found. */
  found(name: string): Locator {
    return this.dialog.getByRole('list', { name: 'Found' }).getByRole('listitem', { name, exact: true });
  }

  async useHub(hubUrl: string): Promise<void> {
    await this.dialog.getByText('Use a mirror of the hub').click();
    await this.dialog.getByLabel('Hub address').fill(hubUrl);
  }

  async look(repository: string): Promise<void> {
    await this.dialog.getByLabel('Repository or its address').fill(repository);
    await this.dialog.getByRole('button', { name: 'Look' }).click();
  }

  async expectStored(name: string): Promise<void> {
    await expect(this.row(name).getByRole('button', { name: 'Check' })).toBeVisible({ timeout: 60_000 });
  }

  /** Looks for a repository and downloads its only pipeline, named as the repository. */
  async fetch(repository: string): Promise<void> {
    const name = repository.split('/')[1]!;
    await this.look(repository);
    await this.found(name)
      .getByRole('button', { name: /^Download/ })
      .click();
    await this.expectStored(name);
  }
}
