import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseLooseJson } from '../../domain/loose-json.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import type { PickedFile } from '../../engine/model-protocol.ts';
import { fakeNavigator, fakeTabs, fastClock, newRecords } from '../../testing/fake-browser.ts';
import { goldenPath } from '../../testing/golden.ts';
import { openNetwork } from '../graphs/open-network.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { importModel, inspectFolder } from './folder.ts';
import { readManifest } from './manifest.ts';
import { ownFiles } from './single-file.ts';
import { storedModelFiles } from './stored-files.ts';

beforeEach(() => {
  fakeNavigator();
  vi.stubGlobal('self', { location: { origin: 'http://app.test' } });
});
afterEach(() => vi.unstubAllGlobals());

const pick = (name: string, path = name): PickedFile => {
  const file = new File([readFileSync(goldenPath(`checkpoints/${name}`))], path.split('/').at(-1)!);
  return { path: file.name, file };
};

const textOf = (plan: ModelPlan, path: string) =>
  parseLooseJson(plan.filled.find((file) => file.path === path)?.text ?? '') ?? {};

/** The app's own server. */
const appFetch = ((url: string) => {
  const path = new URL(url).pathname.replace(/^\//, '');
  return Promise.resolve(new Response(readFileSync(join(import.meta.dirname, '../../../public', path))));
}) as typeof fetch;

describe('a checkpoint of one file', () => {
  it('is a model, with the configurations that its shapes tell', async () => {
    const [plan, other] = await inspectFolder('', [pick('single-file/sd1.ckpt')]);
    expect(other).toBeUndefined();
    expect(plan).toMatchObject({ id: 'local:sd1', form: 'weights', card: { name: 'sd1' } });
    expect(textOf(plan!, 'unet/config.json')['block_out_channels']).toEqual([8, 16, 24, 24]);
    expect(textOf(plan!, 'scheduler/scheduler_config.json')['prediction_type']).toBe('epsilon');
    expect(plan!.componentBytes.unet).toBeGreaterThan(plan!.componentBytes.text_encoder!);
  });

  it('that does not tell what it predicts is two, the likelier first', async () => {
    const plans = await inspectFolder('', [pick('single-file/sd2.safetensors')]);
    expect(plans.map(({ card }) => card.name)).toEqual(['sd2 (velocity)', 'sd2 (noise)']);
    const types = plans.map((plan) => textOf(plan, 'scheduler/scheduler_config.json')['prediction_type']);
    expect(types).toEqual(['v_prediction', 'epsilon']);
    expect(plans[0]!.card.defaults.width).toBe(768);
    expect(textOf(plans[0]!, 'tokenizer/tokenizer_config.json')['pad_token']).toBe('!');
  });

  it('is kept, and read with CLIP’s vocabulary, which the app brings', async () => {
    const picked = [pick('single-file/tiny-topology.safetensors')];
    const [plan] = await inspectFolder('', picked);
    const records = newRecords();
    const deps = { records, tabs: fakeTabs()(), clock: fastClock(), signal: new AbortController().signal };
    await importModel(plan!, [...picked, ...(await ownFiles(plan!, appFetch))], deps, () => undefined);
    const files = storedModelFiles(records, await readManifest(records, plan!));
    const { tensors } = await openNetwork(files, 'unet', {
      onBytes: () => undefined,
      signal: new AbortController().signal,
    });
    expect(tensors.size).toBe(358);
    const tokenizer = await loadTokenizer(files);
    expect([tokenizer.bosId, ...tokenizer.encode('a photo of a cat'), tokenizer.padId]).toEqual([
      49406, 320, 1125, 539, 320, 2368, 49407,
    ]);
  });

  it('with a VAE chosen beside it has that one', async () => {
    const plans = await inspectFolder('', [
      pick('single-file/sd1.safetensors'),
      pick('diffusers/taesd/diffusion_pytorch_model.safetensors'),
    ]);
    expect(plans[0]!.files.map(({ path }) => path)).toEqual([
      'sd1.safetensors',
      'vae/diffusion_pytorch_model.safetensors',
      'tokenizer/merges.txt',
    ]);
    expect(textOf(plans[0]!, 'vae_decoder/config.json')['_class_name']).toBe('AutoencoderTiny');
  });

  it.each([
    ['lora/kohya-locon.safetensors', 'model-unsupported', /a LoRA/],
    ['embeddings/learned_embeds.bin', 'model-unsupported', /an embedding/],
    [
      'diffusers/lcm-unet/diffusion_pytorch_model.safetensors',
      'model-incomplete',
      /has no VAE and no text encoder/,
    ],
  ])('%s is told as what it is', async (name, code, message) => {
    await expect(inspectFolder('', [pick(name)])).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});
