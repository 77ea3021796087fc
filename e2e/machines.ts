/** "Where pictures are made" as a person uses it. */
import { expect, type BrowserContext, type Page } from '@playwright/test';

export interface NewMachine {
  readonly kind: string;
  readonly address: string;
  readonly name: string;
  /** Its key, or the pairing code. */
  readonly key?: string;
}

export class MachineSettings {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get section() {
    return this.page.getByRole('region', { name: 'Where pictures are made' });
  }

  get form() {
    return this.page.getByRole('dialog', { name: 'Add a machine' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(this.section).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page
      .getByRole('dialog', { name: 'Settings' })
      .getByRole('button', { name: 'Close' })
      .first()
      .click();
  }

  async fill({ kind, address, name, key }: NewMachine): Promise<void> {
    await this.section.getByRole('button', { name: 'Add a machine' }).click();
    await this.form.getByRole('combobox', { name: 'Kind' }).click();
    await this.page.getByRole('option', { name: kind }).click();
    await this.form.getByLabel('Address').fill(address);
    await this.form.getByLabel('Name').fill(name);
    if (key !== undefined) await this.form.getByLabel(/^(Key|Pairing code)$/).fill(key);
  }

  async agree(): Promise<void> {
    await this.form.getByRole('button', { name: 'Agree and connect' }).click();
  }

  async add(machine: NewMachine): Promise<void> {
    await this.fill(machine);
    await this.agree();
    await expect(this.choice(machine.name)).toBeVisible();
  }

  choice(name: string) {
    return this.section.getByRole('radio', { name: `Make pictures on ${name}` });
  }

  async letHelp(name: string): Promise<void> {
    await this.section.getByRole('checkbox', { name: `${name} helps` }).check();
  }
}

/** Origins of all requests of all pages, workers and service workers, except for what never leaves the browser. */
export function recordOrigins(context: BrowserContext): Set<string> {
  const origins = new Set<string>();
  context.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url())) origins.add(new URL(request.url()).origin);
  });
  return origins;
}
