import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmJobOf, pictureJob } from '../../testing/queue-jobs.ts';
import { anyRecipe } from '../../testing/recipes.ts';
import { isMade, restOfPictures } from './queue-job.ts';
import { readQueueRecord, type QueueRecord } from './queue-record.ts';

const recordOf = (job: QueueRecord['job'], change: Partial<QueueRecord> = {}): QueueRecord => ({
  ...{ version: 1, id: 'a-1', owner: 'a', place: 1.5, job, source: null },
  ...change,
});

test('any picture job comes back from its record', () => {
  fc.assert(
    fc.property(
      anyRecipe,
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 0, max: 16 }),
      ({ settings }, count, made) => {
        const record = recordOf(pictureJob(settings.prompt, { settings, count, made }));
        expect(readQueueRecord(structuredClone(record))).toStrictEqual(record);
      },
    ),
  );
});

test('a film comes back with its storyboard, a picture with the bytes that it begins from', () => {
  const film = recordOf(filmJobOf('dawn', { format: null }));
  expect(readQueueRecord(structuredClone(film))).toStrictEqual(film);
  const source = { mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]).buffer };
  const job = pictureJob('a cat', { source: { name: 'cat.png', strength: 0.4 } });
  expect(readQueueRecord(recordOf(job, { source }))).toStrictEqual(recordOf(job, { source }));
});

test('records of another version, films of a later version and damaged ones are not read', () => {
  const picture = recordOf(pictureJob('a'));
  const film = filmJobOf('dawn');
  const later = { ...film, project: { ...film.project, version: 99 } };
  for (const data of [
    { ...picture, version: 2 },
    { ...picture, job: { ...picture.job, kind: 'sculpture' } },
    { ...picture, job: { ...picture.job, count: 0 } },
    { ...picture, place: 'first' },
    recordOf(later as never),
    null,
    'text',
  ]) {
    expect(readQueueRecord(data)).toBeUndefined();
  }
});

test('what is left of a picture job goes on with the next seed', () => {
  const job = pictureJob('a', { count: 4, made: 3 });
  expect(restOfPictures(job)).toMatchObject({ count: 1, settings: { seed: job.settings.seed + 3 } });
  expect([isMade(job), isMade({ ...job, made: 4 }), isMade(filmJobOf('dawn'))]).toEqual([false, true, false]);
});
