import { expect, test } from 'vitest';
import { emptyMask, type Mask } from '../../domain/mask/mask.ts';
import { applyStep } from '../../domain/mask/mask-step.ts';
import { usualHires } from '../../domain/diffusion/edit/hires.ts';
import { queueVersion, readQueueRecord } from '../../domain/recipe/queue-record.ts';
import { openApiPage } from '../../testing/api-page.ts';
import type { NewWork } from '../making/new-work.ts';
import { askEdit, type AskedEdit } from './ask-edit.ts';
import { beginEdit, editProblems, type EditDraft } from './edit-draft.ts';

const picture = new Blob(['a picture'], { type: 'image/png' });

function maskOf(width: number, height: number): Mask {
  const mask = emptyMask(width, height);
  applyStep(mask, { kind: 'rectangle', erase: false, left: 2, top: 3, right: 20, bottom: 30 });
  return mask;
}

function openPage() {
  const kept: NewWork[] = [];
  const page = openApiPage({
    keeping: {
      gallery: () =>
        Promise.resolve({
          add: (work: NewWork) => {
            kept.push(work);
            return Promise.resolve({ id: `work-${kept.length}` });
          },
        } as never),
      usage: () => Promise.resolve(null),
    },
    images: {
      measure: () => Promise.resolve({ width: 256, height: 192 }),
      decode: (_, { width, height }) =>
        Promise.resolve({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    },
  });
  const ask = (change: Partial<EditDraft> = {}, more: Partial<AskedEdit> = {}) =>
    askEdit(page.app.context, {
      draft: { ...beginEdit('a red sun'), ...change },
      mask: maskOf(256, 192),
      source: { file: picture, name: 'beach', from: 'parent-1' },
      ...more,
    });
  return { ...page, kept, ask };
}

test('the engine gets the mask as it was painted, and the new work tells which one it came from', async () => {
  const page = openPage();
  expect(page.ask({ strength: 0.9, content: 'fill', featherPx: 7 })).toBe(true);
  const { settings, source } = await page.draw();
  expect([settings.prompt, settings.width, settings.height]).toEqual(['a red sun', 256, 192]);
  expect(source?.strength).toBe(0.9);
  expect(source?.inpaint).toEqual({
    ...{ content: 'fill', area: 'whole', paddingPx: 32, featherPx: 7 },
    mask: maskOf(256, 192),
  });
  await expect.poll(() => page.kept).toHaveLength(1);
  expect(page.kept[0]).toMatchObject({ kind: 'image', text: 'a red sun', from: 'parent-1' });
});

test('a picture that is nowhere kept has no parent', async () => {
  const page = openPage();
  page.ask({}, { source: { file: picture, name: 'dropped', from: null } });
  await page.draw();
  await expect.poll(() => page.kept).toHaveLength(1);
  expect(page.kept[0]).not.toHaveProperty('from');
});

test('a size that the model does not draw, and a part, are drawn in their shape at the size it was trained on', async () => {
  const page = openPage();
  page.ask({}, { mask: maskOf(1000, 500) });
  const { settings, source } = await page.draw();
  expect([settings.width % 32, settings.height % 32]).toEqual([0, 0]);
  expect(settings.width * settings.height).toBeLessThan(1.3 * 256 * 256);
  expect(settings.width / settings.height).toBeGreaterThan(1.6);
  expect(source?.inpaint?.mask.width).toBe(1000);
});

test('a seed that is kept is kept, and all that is wrong under Advanced holds the run up', () => {
  const page = openPage();
  page.app.actions.edit({ seed: 77, seedLocked: true, steps: 0 });
  expect(page.ask()).toBe(false);
  page.app.actions.edit({ steps: 4 });
  expect(page.ask()).toBe(true);
  const { job } = page.app.store.getState().queue.entries[0]!;
  expect(job).toMatchObject({
    settings: { seed: 77, steps: 4 },
    source: { name: 'beach', from: 'parent-1' },
  });
});

test('numbers out of range are told, each with how far it may go', () => {
  const draft = { ...beginEdit('x'), strength: 1.5, paddingPx: 0.5, featherPx: NaN };
  expect(Object.keys(editProblems(draft))).toEqual(['strength', 'paddingPx', 'featherPx']);
  expect(editProblems(beginEdit('x'))).toEqual({});
});

test('what waits can be read again after a reload, also where Hires. fix is switched on for other pictures', () => {
  const page = openPage();
  page.app.actions.edit({ hires: usualHires });
  expect(page.ask()).toBe(true);
  const { id, job, place } = page.app.store.getState().queue.entries[0]!;
  expect(job).not.toHaveProperty('settings.hires');
  const record = structuredClone({ version: queueVersion, id, owner: 'me', place, job, source: null });
  expect(readQueueRecord(record)?.job).toEqual(job);
});

test('a picture is opened for a change with its size, its words and its place in the gallery', async () => {
  const { app } = openPage();
  app.actions.edit({ prompt: 'as in the draft' });
  await app.actions.openEditor('paint', { file: picture, name: 'beach', work: Promise.resolve('w-1') });
  expect(app.store.getState().editing).toMatchObject({
    ...{ tool: 'paint', name: 'beach', width: 256, height: 192, from: 'w-1', prompt: 'as in the draft' },
  });
  await app.actions.closeEditor();
  expect([app.store.getState().editing, app.context.open.editing]).toEqual([null, null]);
});
