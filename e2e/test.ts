import { test as base } from '@playwright/test';
import { App } from './app.ts';

/** `app`: the page object. A page error fails the test that caused it. */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await use(new App(page));
    if (errors.length > 0) throw new AggregateError(errors, 'the page threw');
  },
});

export { expect } from '@playwright/test';
