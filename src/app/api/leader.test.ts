import { expect, test } from 'vitest';
import { standForLeader } from './leader.ts';

/** Exclusive locks, as the browser gives them: in turn. */
function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const callback = rest.at(-1) as () => Promise<unknown>;
    const turn = (tails.get(name) ?? Promise.resolve()).then(async () => {
      held.add(name);
      await callback();
      held.delete(name);
    });
    tails.set(name, turn);
    return turn;
  };
  return { locks: { request } as unknown as Pick<LockManager, 'request'>, held };
}

test('one tab leads, and when it closes the next takes over under its own name', async () => {
  const { locks, held } = fakeLocks();
  const leading: string[] = [];
  const tab = (id: string) => {
    const open = new AbortController();
    const over = standForLeader({
      locks,
      base: '/sub/',
      newId: () => id,
      signal: open.signal,
      lead: (name) => leading.push(name),
    });
    return { close: () => open.abort(), over };
  };
  const [first, second] = [tab('one'), tab('two')];
  await expect.poll(() => leading).toEqual(['zoetrope:/sub/:api:one']);
  expect(held).toContain('zoetrope:/sub/:api:one');
  first.close();
  await first.over;
  await expect.poll(() => leading).toEqual(['zoetrope:/sub/:api:one', 'zoetrope:/sub/:api:two']);
  expect(held).not.toContain('zoetrope:/sub/:api:one');
  second.close();
  await second.over;
  expect(held.size).toBe(0);
});
