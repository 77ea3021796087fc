/** Every checkpoint that golden/checkpoints lists: read, compiled and run, against what the real libraries compute from it. */
import { describe, expect, it } from 'vitest';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { checkpointCases, goldenArrays, networksOf } from '../../testing/golden-checkpoints.ts';
import { networkOutput } from '../../testing/run-networks.ts';

describe('graphs compiled from checkpoints compute what the reference computes', () => {
  it('have a name for each case, be there any', () => {
    const ids = checkpointCases('checkpoint').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const golden of checkpointCases('checkpoint')) {
    if (golden.expect !== 'loaded') {
      it(`${golden.id} is refused by name`, async () => {
        await expect(networksOf(golden)).rejects.toMatchObject({ code: 'model-unsupported' });
      });
      continue;
    }
    it(golden.id, async () => {
      const [networks, arrays] = await Promise.all([networksOf(golden), goldenArrays(golden.golden)]);
      let compared = 0;
      for (const key of golden.outputs ?? []) {
        const actual = await networkOutput(networks, key, arrays);
        if (!actual) continue;
        const expected = arrays.get(key)!.data;
        expect(maxDifference(actual, expected) / deviation(expected), key).toBeLessThan(1e-3);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(0);
    });
  }
});
