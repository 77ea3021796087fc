import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { settings, testEngine, wasm } from '../../testing/engine-rig.ts';
import { goldenPath } from '../../testing/golden.ts';
import { goldenArrays } from '../../testing/golden-checkpoints.ts';
import { weightForms } from '../../testing/mapped-files.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { openModel } from '../model/model.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { addExtra, deleteExtra, listExtras, openExtras } from './extras.ts';
import { openRecords } from './idb.ts';

const golden = (path: string, name = path.split('/').at(-1)!) =>
  new File([readFileSync(goldenPath(`checkpoints/${path}`))], name);

let databases = 0;
const emptyRecords = () => openRecords(`extras-${++databases}`);

async function engineWith(...files: readonly File[]) {
  const records = emptyRecords();
  for (const file of files) await addExtra(records, file);
  const engine = testEngine({
    openFiles: () => Promise.resolve(weightForms.safetensors()),
    openExtras: () => openExtras(records),
  });
  const draw = async (prompt: string) => {
    const story = await engine.generate({ settings: { ...settings, prompt } });
    return { pixels: [...story.images[0]!.data], events: story.events };
  };
  return { records, draw, engine };
}

describe('what a person adds beside models', () => {
  it('is told by what is in the file, kept, listed, and given back', async () => {
    const records = emptyRecords();
    const style = await addExtra(
      records,
      golden('lora/kohya-uniform-alpha.safetensors', 'My Style.safetensors'),
    );
    await addExtra(records, golden('embeddings/learned_embeds.bin'));
    expect(style).toMatchObject({ kind: 'lora', name: 'My Style', fileName: 'My Style.safetensors' });
    expect(style.sha256).toMatch(/^[0-9a-f]{64}$/);
    const bytes = readFileSync(goldenPath('checkpoints/lora/kohya-uniform-alpha.safetensors'));
    const values = bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    expect(style.recipeHash).toBe(createHash('sha256').update(values).digest('hex').slice(0, 12));
    expect((await listExtras(records)).map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'embedding learned_embeds',
      'lora My Style',
    ]);
    const file = await deleteExtra(records, style);
    expect(await listExtras(records)).toHaveLength(1);
    expect(await addExtra(records, file)).toEqual(style);
  });

  it('is refused by name when it is for another model or no weights at all', async () => {
    const records = emptyRecords();
    await expect(addExtra(records, golden('embeddings/for-sdxl.safetensors'))).rejects.toThrow(
      /Stable Diffusion XL/,
    );
    const nonsense = new File(['no weights'], 'notes.safetensors');
    await expect(addExtra(records, nonsense)).rejects.toThrow(AppError);
    expect(await listExtras(records)).toEqual([]);
  });
});

describe('a file that was made to break something', () => {
  it('is refused, and nothing of it is kept', async () => {
    const records = emptyRecords();
    const nan = safetensors({ emb_params: floats([1, 2], [1, NaN]) });
    const cut = readFileSync(goldenPath('checkpoints/lora/kohya-locon.safetensors')).subarray(0, 20_000);
    for (const bytes of [nan, Uint8Array.from(cut)]) {
      const file = new File([Uint8Array.from(bytes)], 'x.safetensors');
      await expect(addExtra(records, file)).rejects.toMatchObject({ code: 'file-corrupt' });
    }
    await expect(addExtra(records, golden('single-file/sd1.safetensors'))).rejects.toThrow(/is a checkpoint/);
    expect(await listExtras(records)).toEqual([]);
  });
});

describe('a LoRA in the prompt', () => {
  it('changes the picture by its weight, and is gone when its tag is', async () => {
    const { draw } = await engineWith(golden('lora/kohya-alpha-by-layer-te.safetensors', 'ink.safetensors'));
    const plain = await draw('a cat');
    const none = await draw('a cat<lora:ink:0>');
    const full = await draw('a cat<lora:ink:1>');
    expect(none.pixels).toEqual(plain.pixels);
    expect(full.pixels).not.toEqual(plain.pixels);
    expect((await draw('a cat')).pixels).toEqual(plain.pixels);
  });

  it('that is not there is named', async () => {
    const { draw } = await engineWith();
    await expect(draw('a cat <lora:lost:1>')).rejects.toMatchObject({ code: 'bad-input', field: 'prompt' });
    await expect(draw('a cat <lora:lost:1>')).rejects.toThrow(/“lost”/);
  });

  it('for a larger model is used as far as it fits, and what does not fit is counted', async () => {
    const { draw } = await engineWith(golden('lora/for-sd15-topology.safetensors', 'big.safetensors'));
    const { events } = await draw('a cat <lora:big:1>');
    const notices = events.flatMap((event) => (event.phase === 'notice' ? [event.notice] : []));
    expect(notices).toMatchObject([{ kind: 'lora-in-part', name: 'big' }]);
  });

  it('is refused by a model of graphs, in words', async () => {
    const graphs = testEngine();
    const asked = graphs.generate({ settings: { ...settings, prompt: 'a cat <lora:ink:1>' } });
    await expect(asked).rejects.toThrow(/LoRAs need a model of weights/);
  });
});

describe('an embedding', () => {
  it('is called by the name of its file and reads as the reference reads it', async () => {
    const records = emptyRecords();
    await addExtra(records, golden('embeddings/kohya.safetensors', 'mystyle.safetensors'));
    const files = weightForms.safetensors();
    const model = await openModel({
      files,
      tokenizer: await loadTokenizer(files),
      extras: await openExtras(records),
      mode: 'wasm',
      openRuntime: wasm,
      onFailure: () => undefined,
    });
    const quiet = { signal: new AbortController().signal, tell: () => undefined };
    const [embedding] = await model.encodePrompts(['a cat in mystyle, snow'], quiet);
    const expected = (await goldenArrays(['more-golden.safetensors'])).get(
      'embedding-three/prompt_embeds',
    )!.data;
    expect(maxDifference(embedding!.data, expected) / deviation(expected)).toBeLessThan(1e-3);
    await model.sessions.release();
  });

  it('counts as many tokens as it has vectors', async () => {
    const { engine, draw } = await engineWith(golden('embeddings/kohya.safetensors', 'mystyle.safetensors'));
    await draw('a cat');
    const [with3, without] = [await engine.countTokens('a mystyle'), await engine.countTokens('a')];
    expect(with3.tokens - without.tokens).toBe(3);
  });
});
