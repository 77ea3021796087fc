/** Every LoRA and embedding that golden/checkpoints lists, merged into its base model, compiled and run, against what the real libraries compute. */
import { describe, expect, it } from 'vitest';
import type { Network } from '../../domain/weights/checkpoint.ts';
import { readEmbedding, withEmbeddings } from '../../domain/weights/embedding.ts';
import type { LoraFit } from '../../domain/weights/lora-changes.ts';
import { besideWeights, isLowRank } from '../../domain/weights/low-rank.ts';
import { mergeLoras } from '../../domain/weights/merge-lora.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { adapterCases, baseNetworks, lorasOf, type AdapterCase } from '../../testing/golden-adapters.ts';
import { goldenArrays, type Networks } from '../../testing/golden-checkpoints.ts';
import { goldenWeights } from '../../testing/golden-weights.ts';
import {
  encodeText,
  networkOutput,
  type TestNetwork,
  type TestNetworks,
} from '../../testing/run-networks.ts';

const relativeLimit = 1e-3;

describe('LoRAs change a picture as the reference’s do', () => {
  it('have a name for each case, be there any', () => eachNamedOnce('lora'));

  for (const golden of adapterCases('lora')) {
    if (golden.expect !== 'applied') {
      it(`${golden.id} is refused by name, or says what it could not change`, async () => {
        const answer = await merged(golden).catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer).toMatchObject({ code: 'model-unsupported' });
          return;
        }
        expect(golden.expect).toBe('refused or told');
        const { fits } = answer as Awaited<ReturnType<typeof merged>>;
        const left = fits.flatMap(({ missing, mismatched }) => [...missing, ...mismatched]);
        expect(left.length).toBeGreaterThan(0);
      });
      continue;
    }
    it(golden.id, async () => {
      const { networks, fits } = await merged(golden);
      expect(fits.flatMap(({ missing, mismatched }) => [...missing, ...mismatched])).toEqual([]);
      const arrays = await goldenArrays(golden.golden);
      expect(golden.outputs?.length).toBeGreaterThan(0);
      for (const key of golden.outputs ?? []) {
        const expected = arrays.get(key)!.data;
        for (const [where, each] of Object.entries({ merged: networks, beside: await beside(golden) })) {
          const actual = each && (await networkOutput(each, key, arrays));
          if (!actual) continue;
          expect(maxDifference(actual, expected) / deviation(expected), `${key} ${where}`).toBeLessThan(
            relativeLimit,
          );
        }
      }
    });
  }
});

describe('embeddings', () => {
  it('have a name for each case, be there any', () => eachNamedOnce('embedding'));

  for (const golden of adapterCases('embedding')) {
    if (golden.expect !== 'applied') {
      it(`${golden.id} is refused by name`, async () => {
        await expect(withItsEmbeddings(golden)).rejects.toMatchObject({ code: 'model-unsupported' });
      });
      continue;
    }
    it(golden.id, async () => {
      const arrays = await goldenArrays(golden.golden);
      const actual = await encodeText(await withItsEmbeddings(golden), golden.input_ids!);
      const expected = arrays.get(golden.outputs![0]!)!.data;
      expect(maxDifference(actual, expected) / deviation(expected)).toBeLessThan(relativeLimit);
    });
  }
});

/** Folders of cases need not have every kind. */
function eachNamedOnce(kind: 'lora' | 'embedding'): void {
  const ids = adapterCases(kind).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}

async function merged(golden: AdapterCase): Promise<{ networks: Networks; fits: readonly LoraFit[] }> {
  const base = await baseNetworks(golden);
  const loras = await lorasOf(golden);
  const unet = mergeLoras(base.unet!.tensors, 'unet', loras);
  const text = mergeLoras(base.text_encoder!.tensors, 'text_encoder', loras);
  return {
    networks: {
      unet: { ...base.unet!, tensors: unet.tensors },
      vae: null,
      text_encoder: { ...base.text_encoder!, tensors: text.tensors },
    },
    fits: [...unet.fits, ...text.fits],
  };
}

/** The same without merging, where the LoRAs are of that form. */
async function beside(golden: AdapterCase): Promise<TestNetworks | null> {
  const [base, loras] = [await baseNetworks(golden), await lorasOf(golden)];
  const besideOf = (part: 'unet' | 'text_encoder'): TestNetwork => {
    const { tensors, lowRanks } = besideWeights(base[part]!.tensors, part, loras);
    const weights = loras.map(({ weight }) => weight);
    return { ...base[part]!, tensors, ...(lowRanks.size > 0 && { beside: { lowRanks, weights } }) };
  };
  const fits = loras.every(({ lora }) => isLowRank(lora, 'unet') && isLowRank(lora, 'text_encoder'));
  return fits ? { unet: besideOf('unet'), vae: null, text_encoder: besideOf('text_encoder') } : null;
}

/** The base's text encoder with what the case adds to it. */
async function withItsEmbeddings(golden: AdapterCase): Promise<Network> {
  const files = typeof golden.file === 'string' ? [golden.file] : golden.file;
  const embeddings = await Promise.all(
    files.map(async (file) => readEmbedding(file, await goldenWeights(`checkpoints/${file}`))),
  );
  const text = (await baseNetworks(golden)).text_encoder!;
  return { ...text, tensors: withEmbeddings(text.tensors, embeddings) };
}
