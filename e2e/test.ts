import { test as base } from '@playwright/test';
import { App } from './app.ts';

/** `app`: the page object. A page error fails the test that caused it. */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await use(new App(page));
    failFor(errors);
  },
});

/**
 * One page for all stories of a file or a group, where none depends on those before it: what a fresh page loads and compiles costs more than
 * most stories. In one worker, so that it is once.
 */
export function sharedApp(): () => App {
  let app: App | undefined;
  const errors: Error[] = [];
  test.describe.configure({ mode: 'default' });
  test.beforeAll(async ({ browser }) => {
    // A context of its own: what judges accessibility wants to open a page beside it.
    app = new App(await (await browser.newContext()).newPage());
    app.page.on('pageerror', (error) => errors.push(error));
    await app.open();
  });
  test.afterEach(() => failFor(errors.splice(0)));
  test.afterAll(() => app?.page.context().close());
  return () => app!;
}

function failFor(errors: readonly Error[]): void {
  if (errors.length > 0) throw new AggregateError(errors, 'the page threw');
}

export { expect } from '@playwright/test';
