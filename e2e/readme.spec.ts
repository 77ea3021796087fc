/** The README's examples, as they stand but for the port. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askByCurl } from './api-ways.ts';
import { apiExamples, hasRequests, runExample } from './readme.ts';
import { expect, test } from './test.ts';

test('the examples of the README work', async ({ app, baseURL }) => {
  const examples = apiExamples();
  expect(examples.map(({ language }) => language)).toEqual([
    ...Array<string>(8).fill('sh'),
    'python',
    'python',
  ]);
  await app.open();
  const health = async () => (await askByCurl(baseURL!, { method: 'GET', path: '/jobs' })).status;
  await expect.poll(health).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'zoetrope-readme-'));
  // Where there is no Python with this package, its two examples are not for this machine.
  const runnable = examples.filter(({ language }) => language === 'sh' || hasRequests());
  try {
    const printed: string[] = [];
    for (const example of runnable) {
      await test.step(example.code.split('\n')[0]!, async () =>
        printed.push(await runExample(example, baseURL!, folder)),
      );
    }
    expect(printed[0]).toContain('"status":"running"');
    expect(printed[0]).toContain('"status":"healthy"');
    expect(printed[2]).toContain('"seed":42');
    expect(printed[5]).toContain('"total_frames":240');
    expect(printed[7]).toContain('"kind":"image"');
    const start = (name: string) => readFileSync(join(folder, name)).subarray(0, 8).toString('latin1');
    const python = runnable.length > 8;
    for (const name of [
      'robot.png',
      'snow.png',
      'large.png',
      'mountains.png',
      ...(python ? ['forest.png'] : []),
    ]) {
      expect(start(name)).toContain('PNG');
    }
    for (const name of ['film.mp4', ...(python ? ['desert.mp4'] : [])]) expect(start(name)).toContain('ftyp');
    if (python) expect(printed[9]).toBe('4.5 seconds\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
