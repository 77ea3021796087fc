import type { Locator, Page } from '@playwright/test';

/** The message as it is seen. What a screen reader is told says the same once more, so that a search for the text alone may find two. */
export const toast = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('region', { name: /^Messages/ }).locator('> ol > li', { hasText: text });
