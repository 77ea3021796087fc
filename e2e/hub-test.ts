/** A test with a hub of its own, and the sheet of models open on it. */
import type { Page } from '@playwright/test';
import { startHub, type HubServer } from '../src/testing/hub/server.ts';
import { ModelsSheet } from './models-sheet.ts';
import { test as base } from './test.ts';

export const test = base.extend<{ hub: HubServer; sheet: ModelsSheet }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern.
  hub: async ({}, use) => {
    const hub = await startHub();
    await use(hub);
    await hub.close();
  },
  sheet: async ({ page, app, hub }, use) => {
    await app.open();
    await use(await openSheet(page, hub));
  },
});

export async function openSheet(page: Page, hub: HubServer): Promise<ModelsSheet> {
  const sheet = new ModelsSheet(page);
  await sheet.open();
  await sheet.useHub(hub.hubUrl);
  return sheet;
}

export const alertText = (page: Page) => page.getByRole('dialog').getByRole('alert');

export { expect } from '@playwright/test';
