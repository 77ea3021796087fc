import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

/** The order in which requests of these clients are answered, all of which come while the first is being worked on. */
async function orderOf(clients: readonly string[]): Promise<string[]> {
  const queue = createFairQueue();
  const order: string[] = [];
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  await new Promise<void>((resolve) => {
    const run = (name: string) => async () => {
      await gate;
      order.push(name);
      if (order.length === clients.length) resolve();
    };
    clients.forEach((client, index) => queue.add(client, run(`${client}${index}`)));
    release();
  });
  return order;
}

it('answers one client in order', async () => {
  expect(await orderOf(['a', 'a', 'a'])).toEqual(['a0', 'a1', 'a2']);
});

it('lets others between the many of one', async () => {
  expect(await orderOf(['a', 'a', 'a', 'a', 'b', 'c', 'b'])).toEqual([
    'a0',
    'b4',
    'c5',
    'a1',
    'b6',
    'a2',
    'a3',
  ]);
});

it('makes nobody wait for more than one request of each other client', async () => {
  const clients = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(clients, async (clients) => {
      const order = (await orderOf(clients)).map((name) => name[0]!);
      expect([...order].sort()).toEqual([...clients].sort());
      for (const client of new Set(clients)) {
        const places = order.flatMap((each, place) => (each === client ? [place] : []));
        for (const [nth, place] of places.entries()) {
          const between = order.slice(nth === 0 ? 0 : places[nth - 1]! + 1, place);
          // The one that was begun before the others came is counted apart.
          expect(new Set(between).size).toBeGreaterThanOrEqual(between.length - 1);
        }
      }
    }),
  );
});
