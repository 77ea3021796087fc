/** A page that dies at the worst moment. */
import type { Browser, Page } from '@playwright/test';

/**
 * From now on the page stops for ever as soon as it hands the `nth` piece of a file to the gallery's database: half of a work is written,
 * and its transaction is open. The returned function waits for that and ends the process, as a crash or the system would.
 */
export async function killInMidWrite(
  page: Page,
  browser: Browser,
  nth: number,
): Promise<() => Promise<void>> {
  let halfWritten = () => undefined as void;
  const half = new Promise<void>((resolve) => (halfWritten = resolve));
  await page.exposeFunction('halfWritten', () => halfWritten());
  await page.evaluate((left) => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called below on the store that it was called on
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      if (typeof key === 'string' && key.startsWith('file:') && --left === 0) {
        (window as unknown as { halfWritten(): void }).halfWritten();
        for (;;);
      }
      return put.call(this, value, key);
    };
  }, nth);
  return async () => {
    await half;
    const crashed = page.waitForEvent('crash');
    await endRenderers(browser);
    await crashed;
  };
}

async function endRenderers(browser: Browser): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
  await devtools.detach();
}
