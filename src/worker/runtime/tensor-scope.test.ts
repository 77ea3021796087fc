import { expect, it } from 'vitest';
import { tensorCount, tensorScope } from './tensor-scope.ts';

function tensor() {
  let disposed = 0;
  return { dispose: () => void (disposed += 1), disposed: () => disposed };
}

it('disposes what a block owns, once', async () => {
  const [a, b] = [tensor(), tensor()];
  const result = await tensorScope((own) => {
    own(a);
    own(b);
    expect(tensorCount.live).toBe(2);
    return Promise.resolve('done');
  });
  expect([result, a.disposed(), b.disposed(), tensorCount.live]).toEqual(['done', 1, 1, 0]);
});

it('disposes also when the block throws', async () => {
  const a = tensor();
  const failing = tensorScope((own) => {
    own(a);
    return Promise.reject(new Error('no'));
  });
  await expect(failing).rejects.toThrow('no');
  expect([a.disposed(), tensorCount.live]).toEqual([1, 0]);
});
