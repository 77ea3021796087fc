/** Pictures of other tools, dropped on the page: what comes back, and what the person is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test.ts';
import { toast } from './toast.ts';

const folder = join(import.meta.dirname, 'cases/pictures');

interface Case {
  readonly settings?: Record<string, string | number>;
  readonly strength?: number | null;
}

const { cases } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  cases: Record<string, Case>;
};

const fields = {
  negativePrompt: 'Negative prompt',
  steps: 'Steps',
  guidanceScale: 'Guidance',
  seed: 'Seed',
  width: 'Width',
  height: 'Height',
} as const;

/** What `told` asks for in words of its own, as the notice says it. */
const notices: Readonly<Record<string, RegExp>> = {
  'a1111-hires-fix.png': /Hires\. fix/,
  // Its LoRA, which is not here, has a message of its own (missing-extras.test.ts).
  'a1111-lora-tags.png': /Hypernetwork own: not repeated/,
  'a1111-seed-19-digits.png': /only the low 32 bits are kept, 2767775563/,
  'a1111-2m-sde-exponential.png': /Noise schedule: Exponential/,
  'a1111-gpu-noise.png': /Noise: NVIDIA GPU, with which its seed was drawn/,
  'comfy-controlnet-negative.png': /ControlNet is not applied/,
  'comfy-two-samplers-upscale.png': /drawn without its second pass|Hires\. fix/,
  'comfy-img2img.png': /It began from another picture/,
  'draw-things-xmp.png': /The seed mode Scale Alike is not available/,
  'novelai.png': /weighs words by other signs/,
};

/** As the page names them; a sampler that was lacking once is there by now. */
const samplerNames: Readonly<Record<string, string>> = {
  'dpmpp-2m-karras': 'DPM++ 2M Karras',
  'dpmpp-2m-sde-karras': 'DPM++ 2M SDE Karras',
  'euler-ancestral': 'Euler a',
  'euler-karras': 'Euler Karras',
};

const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

test('every kind of file gives its settings back, and what it does not give is said', async ({
  app,
  page,
}) => {
  await app.open();
  await app.openAdvanced();
  for (const [name, { settings }] of Object.entries(cases)) {
    if (!settings) continue;
    await app.want({ prompt: 'before', negative: 'before', steps: 7, seed: 1 });
    await app.drop(name, types[name.split('.').at(-1)!]!, readFileSync(join(folder, name)));
    await expect(app.prompt, name).toHaveValue(String(settings['prompt']));
    for (const [key, label] of Object.entries(fields)) {
      if (settings[key] === undefined) continue;
      await expect(app.field(label), `${name}: ${label}`).toHaveValue(String(settings[key]));
    }
    const sampler = samplerNames[settings['sampler'] ?? ''];
    if (sampler !== undefined) await expect(app.field('Sampler'), name).toHaveText(sampler);
    const notice = toast(page, name);
    await expect(notice, name).toContainText('Settings restored');
    if (notices[name]) await expect(notice, name).toHaveText(notices[name]);
    if (cases[name]!.strength === null) await expect(notice).not.toContainText('began from another picture');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
  }
});

test(
  'what is not repeated is said, the text can be seen, and all of it can be undone',
  { tag: '@core' },
  async ({ app, page }) => {
    await app.open();
    await app.want({ prompt: 'before', steps: 7 });
    await app.drop('tags.png', 'image/png', readFileSync(join(folder, 'a1111-lora-tags.png')));
    const notice = toast(page, 'Settings restored from “tags.png”.');
    await expect(notice).toContainText('Hypernetwork own: not repeated');
    await expect(notice).toContainText('Noise: NVIDIA GPU');
    await expect(notice).not.toContainText('began from another picture');
    await page.getByRole('button', { name: 'Show the text' }).click();
    const dialog = page.getByRole('dialog', { name: 'What tags.png says' });
    await expect(dialog).toContainText('<hypernet:own:0.5>');
  },
);

test('a picture that no tool of ours made is the source, and that is said', async ({ app, page }) => {
  await app.open();
  const name = 'source-3-pixels-wide-turns-white.png';
  await app.drop(name, 'image/png', readFileSync(join(folder, name)));
  await expect(toast(page, 'was not made by a tool that this page knows')).toBeVisible();
});

test('a text hidden in the alpha channel is found when the file has lost its own', async ({ app, page }) => {
  await app.open();
  const text =
    'a hidden lighthouse\nNegative prompt: people\nSteps: 9, Sampler: Euler a, CFG scale: 6, Seed: 77, Size: 512x512';
  const base64 = await page.evaluate(async (hidden) => {
    const bytes = new TextEncoder().encode(hidden);
    const head = new TextEncoder().encode('stealth_pnginfo');
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length * 8);
    const all = [...head, ...length, ...bytes];
    const canvas = new OffscreenCanvas(64, 64);
    const image = new ImageData(64, 64);
    for (let at = 0; at < 64 * 64; at++) {
      const bit = ((all[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
      const pixel = (at % 64) * 64 + Math.floor(at / 64);
      image.data.set([90, 120, 150, 254 | bit], pixel * 4);
    }
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(''));
  }, text);
  await app.drop('stripped.png', 'image/png', Buffer.from(base64, 'base64'));
  await expect(app.prompt).toHaveValue('a hidden lighthouse');
  await app.openAdvanced();
  await expect(app.field('Seed')).toHaveValue('77');
});

test('the seed of a GPU draws another picture than that of a CPU, and the recipe says whose it is', async ({
  app,
  page,
}) => {
  await app.open();
  await app.generate({ prompt: 'a calm beach at sunset', steps: 2, seed: 7 });
  const cpu = await app.savedFile();
  await page.getByLabel('Noise', { exact: true }).click();
  await page.getByRole('option', { name: 'NVIDIA GPU, as A1111' }).click();
  await app.generate();
  const gpu = await app.savedFile();
  expect(cpu.bytes.toString('latin1')).toContain('RNG: CPU');
  expect(gpu.bytes.toString('latin1')).toContain('RNG: NV');
  expect(gpu.bytes.equals(cpu.bytes)).toBe(false);
  await app.want({ prompt: 'other', seed: 1 });
  await app.drop('gpu.png', 'image/png', gpu.bytes);
  await expect(page.getByLabel('Noise', { exact: true })).toContainText('NVIDIA GPU');
});
