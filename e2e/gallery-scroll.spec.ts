import type { Page } from '@playwright/test';
import { fillGallery } from './gallery-records.ts';
import { expect, test } from './test.ts';

// Playwright's recorder takes stock of the whole page before and after each action, on the thread that is measured: 60 to 110 ms a time.
test.use({ trace: 'off' });

test('2,000 works scroll without a task of more than 50 ms of processor time', async ({ page }) => {
  await page.goto('/?backend=wasm#/gallery');
  await expect(page.getByRole('searchbox', { name: 'Search in prompts' })).toBeVisible();
  await fillGallery(page, 2000);
  await page.reload();
  const works = page.getByRole('list', { name: 'Works' }).getByRole('listitem');
  await expect(works.first()).toBeVisible();
  const tasksMs = await tasksWhile(page, async () => {
    for (let i = 0; i < 60; i++) {
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, 500);
    }
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(20_000);
  });
  expect(Math.max(...tasksMs)).toBeLessThan(50);
  expect(await works.count()).toBeLessThan(200);
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ph: string;
  /** Processor time, µs. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Processor time of each task on the page's main thread: wall time would measure what else the machine does. */
async function tasksWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  });
  await act();
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await complete;
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const mains = new Set(events.filter(({ args }) => args.name === 'CrRendererMain').map(thread));
  const tasks = events.filter((event) => event.name.endsWith('RunTask') && mains.has(thread(event)));
  expect(tasks.length).toBeGreaterThan(0);
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}
