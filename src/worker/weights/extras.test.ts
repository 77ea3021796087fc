import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { deviation, maxDifference } from '../../testing/closeness.ts';
import { settings, testEngine, wasm, type Story } from '../../testing/engine-rig.ts';
import { goldenPath } from '../../testing/golden.ts';
import { goldenArrays } from '../../testing/golden-checkpoints.ts';
import { weightForms } from '../../testing/mapped-files.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { fakeNavigator, fakeTabs } from '../../testing/fake-browser.ts';
import { openModel } from '../model/model.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { addExtra, deleteExtra, listExtras, openExtras } from './extras.ts';
import { chunkPrefix, chunksPrefix } from './content.ts';
import { openRecords } from './idb.ts';

const golden = (path: string, name = path.split('/').at(-1)!) =>
  new File([readFileSync(goldenPath(`checkpoints/${path}`))], name);

let databases = 0;
const emptyLibrary = () => ({ records: openRecords(`extras-${++databases}`), tabs: fakeTabs()() });

beforeEach(() => fakeNavigator());

async function engineWith(...files: readonly File[]) {
  const library = emptyLibrary();
  for (const file of files) await addExtra(library, { file });
  const engine = testEngine({
    openFiles: () => Promise.resolve(weightForms.safetensors()),
    openExtras: () => openExtras(library.records),
  });
  const draw = async (prompt: string) => {
    const story = await engine.generate({ settings: { ...settings, prompt } });
    return { pixels: [...story.images[0]!.data], events: story.events };
  };
  return { library, draw, engine };
}

const sessionsIn = ({ events }: Pick<Story, 'events'>) =>
  events.flatMap((event) => (event.phase === 'session' ? [event.component] : []));

describe('what a person adds beside models', () => {
  it('is told by what is in the file, kept, listed, and given back', async () => {
    const library = emptyLibrary();
    const style = await addExtra(library, {
      file: golden('lora/kohya-uniform-alpha.safetensors', 'My Style.safetensors'),
    });
    await addExtra(library, { file: golden('embeddings/learned_embeds.bin') });
    expect(style).toMatchObject({ kind: 'lora', name: 'My Style', fileName: 'My Style.safetensors' });
    expect(style.sha256).toMatch(/^[0-9a-f]{64}$/);
    const bytes = readFileSync(goldenPath('checkpoints/lora/kohya-uniform-alpha.safetensors'));
    const values = bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    expect(style.recipeHash).toBe(createHash('sha256').update(values).digest('hex').slice(0, 12));
    expect((await listExtras(library.records)).map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'embedding learned_embeds',
      'lora My Style',
    ]);
    const deleted = await deleteExtra(library, style);
    expect(await listExtras(library.records)).toHaveLength(1);
    expect(await library.records.keys(chunkPrefix(`sha256-${style.sha256}`))).toEqual([]);
    expect(await addExtra(library, deleted)).toEqual(style);
    expect(await library.records.keys(chunksPrefix)).toHaveLength(2);
  });

  it('is refused by name when it is for another model or no weights at all', async () => {
    const library = emptyLibrary();
    await expect(addExtra(library, { file: golden('embeddings/for-sdxl.safetensors') })).rejects.toThrow(
      /Stable Diffusion XL/,
    );
    const nonsense = new File(['no weights'], 'notes.safetensors');
    await expect(addExtra(library, { file: nonsense })).rejects.toThrow(AppError);
    expect(await listExtras(library.records)).toEqual([]);
  });
});

describe('a file that peft wrote', () => {
  const half = {
    'base_model.model.conv_in.lora_A.weight': floats([1, 36], new Array<number>(36).fill(0.1)),
    'base_model.model.conv_in.lora_B.weight': floats([16, 1], new Array<number>(16).fill(0.1)),
  };
  const file = new File([Uint8Array.from(safetensors(half))], 'adapter_model.safetensors');

  it('needs its settings, without which nobody knows how strong it is', async () => {
    const library = emptyLibrary();
    await expect(addExtra(library, { file })).rejects.toMatchObject({ code: 'model-incomplete' });
    await expect(addExtra(library, { file })).rejects.toThrow(/adapter_config.json beside it/);
    expect(await library.records.keys('')).toEqual([]);
  });

  it('keeps them, also when it is deleted and taken back', async () => {
    const library = emptyLibrary();
    const adapterConfig = JSON.stringify({ peft_type: 'LORA', lora_alpha: 8 });
    const extra = await addExtra(library, { file, adapterConfig });
    await addExtra(library, await deleteExtra(library, extra));
    const lora = await (await openExtras(library.records)).lora('adapter_model');
    expect(lora.layers[0]!.settings.alpha).toBe(8);
  });
});

describe('a LoRA under another name', () => {
  const named = (metadata: Record<string, string>) => {
    const tensors = {
      'lora_unet_conv_in.lora_up.weight': floats([16, 1], new Array<number>(16).fill(1)),
      'lora_unet_conv_in.lora_down.weight': floats([1, 36], new Array<number>(36).fill(1)),
    };
    return new File([Uint8Array.from(safetensors(tensors, metadata))], 'ink-v2-final.safetensors');
  };

  it('answers to what its trainer called it, too, and has the hash that it was given there', async () => {
    const library = emptyLibrary();
    const told = '0123456789abcdef'.repeat(4);
    const metadata = { ss_output_name: 'ink', sshs_model_hash: told };
    const extra = await addExtra(library, { file: named(metadata) });
    expect(extra).toMatchObject({ name: 'ink-v2-final', alias: 'ink', recipeHash: '0123456789ab' });
    const extras = await openExtras(library.records);
    for (const name of ['ink', 'Ink', 'INK-V2-FINAL', 'ink-v2-final'])
      expect((await extras.lora(name)).layers).toHaveLength(1);
    await expect(extras.lora('pencil')).rejects.toThrow(/“pencil”/);
  });
});

describe('a file that was made to break something', () => {
  it('is refused, and nothing of it is kept', async () => {
    const library = emptyLibrary();
    const nan = safetensors({ emb_params: floats([1, 2], [1, NaN]) });
    const cut = readFileSync(goldenPath('checkpoints/lora/kohya-locon.safetensors')).subarray(0, 20_000);
    for (const bytes of [nan, Uint8Array.from(cut)]) {
      const file = new File([Uint8Array.from(bytes)], 'x.safetensors');
      await expect(addExtra(library, { file })).rejects.toMatchObject({ code: 'file-corrupt' });
    }
    await expect(addExtra(library, { file: golden('single-file/sd1.safetensors') })).rejects.toThrow(
      /is a checkpoint/,
    );
    expect(await listExtras(library.records)).toEqual([]);
  });
});

describe('what was kept before there were chunks', () => {
  it('is read as it lies, and given back', async () => {
    const library = emptyLibrary();
    const file = golden('lora/kohya-uniform-alpha.safetensors', 'old.safetensors');
    const extra = { ...(await addExtra(library, { file })), name: 'older' };
    const record = { version: 1, extra, file };
    await library.records.setMany([['extra:lora:older', record]]);
    expect((await (await openExtras(library.records)).lora('older')).layers.length).toBeGreaterThan(10);
    expect((await deleteExtra(library, extra)).file.size).toBe(file.size);
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

  it('makes no session anew when its weight changes, nor when it is off and on again', async () => {
    const { draw } = await engineWith(golden('lora/kohya-alpha-by-layer-te.safetensors', 'ink.safetensors'));
    const first = await draw('a cat<lora:ink:0.5>');
    expect(sessionsIn(first)).toEqual(expect.arrayContaining(['text_encoder', 'unet', 'vae_decoder']));
    const drawn = [first];
    for (const tag of ['<lora:ink:-0.3>', '<lora:ink:-0.3:1>', '<lora:ink:0.5:1>', '']) {
      const next = await draw(`a cat${tag}`);
      expect(sessionsIn(next), tag).toEqual([]);
      expect(
        drawn.some(({ pixels }) => String(pixels) === String(next.pixels)),
        tag,
      ).toBe(false);
      drawn.push(next);
    }
    expect((await draw('a cat<lora:ink:0.5>')).pixels).toEqual(first.pixels);
    expect((await draw('a cat')).pixels).toEqual(drawn.at(-1)!.pixels);
  });

  it('of another model is refused, and forgotten when its tag is gone', async () => {
    const stranger = safetensors({
      'lora_unet_down_blocks_9_conv.lora_up.weight': floats([2, 1], [1, 1]),
      'lora_unet_down_blocks_9_conv.lora_down.weight': floats([1, 2], [1, 1]),
    });
    const { draw } = await engineWith(new File([Uint8Array.from(stranger)], 'stranger.safetensors'));
    await expect(draw('a cat<lora:stranger:1>')).rejects.toThrow(/“stranger” is for another model/);
    expect((await draw('a cat')).pixels.length).toBeGreaterThan(0);
  });

  it('of another kind is merged: what its weight does not touch stays', async () => {
    const { draw } = await engineWith(golden('lora/lycoris-dora.safetensors', 'dora.safetensors'));
    await draw('a cat<lora:dora:1>');
    expect(sessionsIn(await draw('a cat<lora:dora:1:0.5>'))).toEqual(['unet', 'unet']);
    // It has no layers of the text encoder.
    expect(sessionsIn(await draw('a cat<lora:dora:0.3:0.5>'))).toEqual([]);
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
    await expect(asked).rejects.toThrow(/LoRAs and other VAEs need a model of weights/);
  });
});

describe('a VAE', () => {
  const own = () =>
    new File(
      [readFileSync(goldenPath('mini-checkpoint/vae/diffusion_pytorch_model.safetensors'))],
      'own.safetensors',
    );

  it('takes the place of the model’s own, and gives it back', async () => {
    const { draw, engine } = await engineWith(
      own(),
      golden('diffusers/taesd/diffusion_pytorch_model.safetensors', 'taesd.safetensors'),
    );
    const picture = async (vae?: string) => {
      const story = await engine.generate({
        settings: { ...settings, prompt: 'a cat', ...(vae && { vae }) },
      });
      const event = story.events.find((each) => each.phase === 'image');
      return { pixels: [...story.images[0]!.data], extras: event?.phase === 'image' ? event.extras : null };
    };
    const plain = (await draw('a cat')).pixels;
    // The same weights: the same picture.
    expect((await picture('own')).pixels).toEqual(plain);
    const { pixels, extras } = await picture('taesd');
    expect(pixels).not.toEqual(plain);
    expect(extras).toMatchObject([{ kind: 'vae', name: 'taesd' }]);
    expect((await draw('a cat')).pixels).toEqual(plain);
  });

  it('that is not there is named, and a model of graphs takes none', async () => {
    const { engine } = await engineWith();
    const asked = { settings: { ...settings, prompt: 'a cat', vae: 'lost' } };
    await expect(engine.generate(asked)).rejects.toMatchObject({ code: 'bad-input', field: 'vae' });
    await expect(testEngine().generate(asked)).rejects.toThrow(/need a model of weights/);
  });
});

describe('an embedding', () => {
  it('is called by the name of its file and reads as the reference reads it', async () => {
    const library = emptyLibrary();
    await addExtra(library, { file: golden('embeddings/kohya.safetensors', 'mystyle.safetensors') });
    const files = weightForms.safetensors();
    const model = await openModel({
      files,
      tokenizer: await loadTokenizer(files),
      extras: await openExtras(library.records),
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

  it('of another model is refused by name where a prompt calls it, and is no matter elsewhere', async () => {
    const wide = safetensors({ emb_params: floats([1, 1024], new Array<number>(1024).fill(0.5)) });
    const file = new File([Uint8Array.from(wide)], 'easy neg.safetensors');
    const { draw, engine } = await engineWith(file);
    await draw('a cat');
    await expect(draw('a cat, Easy Neg')).rejects.toMatchObject({ code: 'bad-input', field: 'prompt' });
    const negativePrompt = 'easy neg';
    const asked = engine.generate({ settings: { ...settings, prompt: 'a cat', negativePrompt } });
    await expect(asked).rejects.toThrow(/“easy neg” is for Stable Diffusion 2, not for this one/);
  });

  it('and a LoRA are told with the picture, by the names that called them', async () => {
    const { draw } = await engineWith(
      golden('embeddings/kohya.safetensors', 'mystyle.safetensors'),
      golden('lora/kohya-uniform-alpha.safetensors', 'ink.safetensors'),
    );
    const { events } = await draw('a cat in MyStyle<lora:Ink:0.5>');
    const picture = events.find((event) => event.phase === 'image');
    expect(picture).toMatchObject({
      extras: [
        { kind: 'lora', name: 'Ink', hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string },
        { kind: 'embedding', name: 'mystyle', hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string },
      ],
    });
  });

  it('counts as many tokens as it has vectors', async () => {
    const { engine, draw } = await engineWith(golden('embeddings/kohya.safetensors', 'mystyle.safetensors'));
    await draw('a cat');
    const [with3, without] = [await engine.countTokens('a mystyle'), await engine.countTokens('a')];
    expect(with3.tokens - without.tokens).toBe(3);
  });
});
