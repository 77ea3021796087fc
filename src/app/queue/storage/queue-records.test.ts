import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { filmJobOf, pictureJob } from '../../../testing/queue-jobs.ts';
import { openStore } from '../../../engine/idb.ts';
import { createQueueRecords, type StoredJob } from './queue-records.ts';

const store = openStore('queue-test');
const records = createQueueRecords(store);

afterEach(() => store.clear());

const stored = (id: string, place: number, change: Partial<StoredJob> = {}): StoredJob => ({
  ...{ id, owner: 'page-1', place, job: pictureJob(id), source: null },
  ...change,
});
const ids = async () => (await records.list()).map(({ id }) => id);

test('jobs are listed by their places, which can change', async () => {
  await records.put([stored('a', 1), stored('b', 2), stored('c', 3)]);
  await records.change('c', { place: 1.5 });
  await records.change('gone', { place: 0 });
  expect(await ids()).toEqual(['a', 'c', 'b']);
  await records.remove(['a']);
  expect(await ids()).toEqual(['c', 'b']);
});

test('the source comes back byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 31) & 0xff);
  await records.put([stored('a', 1, { source: new Blob([bytes], { type: 'image/webp' }) })]);
  const [job] = await records.list();
  expect(job!.source!.type).toBe('image/webp');
  expect(new Uint8Array(await job!.source!.arrayBuffer())).toEqual(bytes);
});

test('a mask comes back byte for byte, and so does the work that a picture came from', async () => {
  const inpaint = {
    content: 'noise',
    area: 'masked',
    paddingPx: 8,
    featherPx: 2,
    width: 9,
    height: 5,
  } as const;
  const source = { name: 'beach', strength: 1, from: 'w-1' };
  const mask = Uint8Array.of(0, 20, 255, 25);
  const job = pictureJob('a', { source: { ...source, inpaint: { ...inpaint, mask } } });
  await records.put([stored('a', 1, { job })]);
  expect((await records.list())[0]?.job).toEqual(job);
});

test('what this version cannot read is neither listed nor changed nor lost', async () => {
  const later = { version: 2, id: 'later', owner: 'page-1', place: 0, job: { kind: 'sculpture' } };
  await store.write({ put: [['job:later', later]] });
  await records.put([stored('a', 1)]);
  await records.change('later', { place: 9 });
  await records.claim([stored('later', 0)], 'page-2');
  expect(await ids()).toEqual(['a']);
  expect(await store.get('job:later')).toEqual(later);
});

test('of two pages only one gets a job', async () => {
  const jobs = [stored('a', 1), stored('b', 2)];
  await records.put(jobs);
  const [first, second] = await Promise.all([records.claim(jobs, 'page-2'), records.claim(jobs, 'page-3')]);
  expect([...first, ...second].map(({ id }) => id).sort()).toEqual(['a', 'b']);
  const owners = (await records.list()).map(({ owner }) => owner);
  expect(first.length).toBe(owners.filter((owner) => owner === 'page-2').length);
});

test('films that wait are known, whichever page they belong to', async () => {
  await records.put([
    stored('a', 1),
    stored('b', 2, { job: filmJobOf('dawn') }),
    stored('c', 3, { owner: 'page-9', job: filmJobOf('noon') }),
  ]);
  expect((await records.films()).map(({ label }) => label)).toEqual(['dawn', 'noon']);
});
