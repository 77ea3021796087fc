/**
 * The text form of AUTOMATIC1111's web UI, which Forge, reForge, SD.Next, Fooocus, Civitai and many others write too:
 *
 *     a cute robot
 *     Negative prompt: blurry
 *     Steps: 25, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 42, Size: 512x512, Model: tiny-sd, Version: …
 */
import { textUnder, type CarriedText } from '../carried.ts';
import { listOf, parseJsonObject } from '../lenient-json.ts';
import { createTeller, toNumber, type RestoredSettings, type Teller } from '../told.ts';
import { tellCivitai } from './civitai.ts';
import { sizeOf, tellPasses, type Pairs } from './a1111-passes.ts';
import { hypernetworkNames, loraNames } from './prompt-tags.ts';

const negativeMark = 'Negative prompt:';
/** Words of any script, as Python's `\w`; bounded, and only from where a word begins, so that long texts take no longer than long. */
const settingPattern =
  /(?<![\p{L}\p{N}_])([\p{L}\p{N}_][\p{L}\p{N}_ \-/]{1,60}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/gu;
const minPairs = 3;
const maxTextLength = 1_000_000;

/** A prompt or sampler that the form cannot hold as it is stands once more, in quotes, in texts that are ours. */
export const exactKeys = {
  prompt: 'Exact prompt',
  negativePrompt: 'Exact negative prompt',
  sampler: 'Exact sampler',
} as const;

/** Any text with a line of settings, also within what its API tells of a picture. */
export function readWebUi(texts: readonly CarriedText[]): RestoredSettings | null {
  for (const { key, text } of texts.map(withinApi)) {
    const whole = isJson(text) ? null : splitWebUi(text);
    // Elsewhere three pairs may be anything: where a photo was taken, and with what.
    if (whole && (key === 'parameters' || whole.pairs.has('steps'))) return tell(whole);
  }
  return null;
}

function withinApi({ key, text }: CarriedText): CarriedText {
  const [first] = text.includes('"infotexts"') ? listOf(parseJsonObject(text)?.['infotexts']) : [];
  return { key, text: typeof first === 'string' ? first : text };
}

/** Of another tongue, also behind its name; `{a|b} in the woods` is a prompt, and a line of settings stands in no JSON. */
const isJson = (text: string) =>
  /^\s*(?:(?:prompt|workflow)\s*:\s*)?\{\s*["}]/.test(text) && !/^Steps: \d/m.test(text);

/** What lies under `parameters` is a prompt also without settings. */
export function readBarePrompt(texts: readonly CarriedText[]): RestoredSettings | null {
  const bare = textUnder(texts, 'parameters');
  if (bare === undefined || bare.length > maxTextLength || /^\s*\{/.test(bare)) return null;
  return tell({ lines: bare.trim().split('\n'), pairs: new Map(), line: '' });
}

interface WebUiText {
  /** Prompt and negative prompt. */
  readonly lines: readonly string[];
  readonly pairs: Pairs;
  /** The line that the pairs stand in. */
  readonly line: string;
}

/**
 * The last line that is settings: three pairs or more. Below it only templates and the like may stand, each `Name: value`, or what was
 * wrapped. Null when there is none.
 */
function splitWebUi(text: string): WebUiText | null {
  if (text.length > maxTextLength) return null;
  const lines = text.trim().split('\n');
  const last = lines.at(-1)!;
  if (isSettings(last) && !template.test(last))
    return { lines: lines.slice(0, -1), pairs: readPairs(last), line: last };
  const at = lines.findLastIndex((line) => /^Steps: \d+,/.test(line) && isSettings(line));
  const below = lines.slice(at + 1);
  if (at < 0 || !/^[A-Z][\w /-]{1,60}: /.test(below[0] ?? '')) return null;
  if (below.some((line) => line.startsWith(negativeMark))) return null;
  const end = below.findIndex((line) => template.test(line));
  const wrapped = end < 0 ? below : below.slice(0, end);
  const line = [lines[at]!, ...wrapped].join(', ');
  return { lines: lines.slice(0, at), pairs: readPairs(line), line };
}

const template = /^(Negative )?Template:/;

/** `(a:1.2), (b:1.3), (c:0.9)` has three pairs as well, and is a prompt. */
function isSettings(line: string): boolean {
  const found = [...line.matchAll(settingPattern)];
  return found.length >= minPairs && found.some(([, key]) => usual.test(key!));
}

const usual =
  /^(steps|sampler|schedule type|cfg scale|seed|size|model|model hash|version|denoising strength|hires \w+|clip skip|rng|ensd|vae|lora hashes)$/i;

function readPairs(line: string): Pairs {
  const pairs = [...line.matchAll(settingPattern)].filter(([, , value]) => value !== '');
  return new Map(pairs.map(([, key, value]) => [key!.toLowerCase(), unquote(value!.trim())]));
}

function tell({ lines, pairs, line }: WebUiText): RestoredSettings | null {
  const version = pairs.get('version') ?? '';
  const tool = toolName(pairs, version);
  const teller = createTeller(tool);
  const prompts = readPrompts(lines);
  teller.prompt(pairs.get(exactKeys.prompt.toLowerCase()) ?? prompts.prompt);
  // A text with settings is whole: without a negative prompt there was none.
  // A line that lost its break has the negative prompt before its settings.
  const negative =
    pairs.get(exactKeys.negativePrompt.toLowerCase()) ?? pairs.get('negative prompt') ?? prompts.negative;
  teller.prompt(negative ?? (pairs.size > 0 ? '' : undefined), 'negativePrompt');
  if (pairs.size === 0) return teller.done();
  tellNumbers(teller, pairs);
  teller.sampler(pairs.get('sampler'), pairs.get('schedule type'));
  const exact = pairs.get(exactKeys.sampler.toLowerCase());
  if (exact !== undefined) teller.exactSampler(exact, pairs.get('schedule type'));
  if (pairs.get('seed')) teller.noise(noiseOf(pairs, version));
  // Others name one in nearly every text, and mostly the usual.
  if (tool === 'Zoetrope') {
    teller.vae(pairs.get('vae'));
    teller.speed(pairs.get('speed'));
  }
  teller.model(pairs.get('model') ?? pairs.get('base model'));
  tellCivitai(teller, line);
  tellPasses(teller, pairs);
  tellParts(teller, pairs, `${prompts.prompt}\n${negative ?? ''}`);
  return teller.done();
}

function toolName(pairs: Pairs, version: string): string {
  if (pairs.get('app')) return pairs.get('app')!;
  const own = /^(Zoetrope|Fooocus|ComfyUI|InvokeAI|Draw Things|SwarmUI)\b/i.exec(version)?.[0];
  if (own) return own;
  if (/^f\d|forge|neo|reforge/i.test(version)) return 'Forge';
  return pairs.has('parser') || pairs.has('backend') ? 'SD.Next' : 'AUTOMATIC1111';
}

/** Each line that begins with the mark loses it; the first one ends the prompt. */
function readPrompts(lines: readonly string[]): { prompt: string; negative: string | undefined } {
  const trimmed = lines.map((line) => line.trim());
  const mark = trimmed.findIndex((line) => line.startsWith(negativeMark));
  if (mark < 0) return { prompt: trimmed.join('\n'), negative: undefined };
  const negative = trimmed
    .slice(mark)
    .map((line) => (line.startsWith(negativeMark) ? line.slice(negativeMark.length).trim() : line));
  // What follows an empty first line begins the negative prompt.
  return { prompt: trimmed.slice(0, mark).join('\n'), negative: negative.join('\n').replace(/^\n+/, '') };
}

function tellNumbers(teller: Teller, pairs: Pairs): void {
  teller.steps(pairs.get('steps'));
  teller.guidance(pairs.get('cfg scale'));
  teller.seed(pairs.get('seed'));
  const size = sizeOf(pairs.get('first pass size')) ?? sizeOf(pairs.get('size'));
  if (size) teller.size(...size);
  else if (pairs.get('size')) teller.unreadable('width', pairs.get('size')!);
  teller.clipSkip(pairs.get('clip skip'));
  const delta = toNumber(pairs.get('ensd')) ?? 0;
  if (delta !== 0) teller.note({ kind: 'noise-offset', delta });
}

/** Without a word the web UI draws its noise on the GPU; programs that write its form for others' sake have their own. */
function noiseOf(pairs: Pairs, version: string) {
  const said = pairs.get('rng');
  if (said !== undefined) return said.toUpperCase() === 'CPU' ? ('torch-cpu' as const) : ('nvidia' as const);
  const ownNoise = /^(Zoetrope|Fooocus|ComfyUI|InvokeAI|Draw Things|SwarmUI)\b/i.test(version);
  return ownNoise ? ('torch-cpu' as const) : ('nvidia' as const);
}

/** Settings of the web UI and its extensions that change the picture. */
const parts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^adetailer/, 'ADetailer'],
  [/^ultimate sd/, 'Ultimate SD upscale'],
  [/^sd upscale/, 'SD upscale'],
  [/^postprocess/, 'Postprocess'],
  [/^face restoration/, 'Face restoration'],
  [/^tiling/, 'Tiling'],
  [/^(freeu|sag_|self attention|hypertile|kohya|pag_|perturbed|skimmed|mahiro)/, 'Guidance extensions'],
  [/^dynamic thresholding/, 'Dynamic thresholding'],
  [/^token merging/, 'Token merging'],
  [/^(rp active|rp divide|multidiffusion|tiled diffusion)/, 'Regions'],
  [/^eta/, 'Eta'],
  [/^(ipadapter|ip-adapter)/, 'IP-Adapter'],
  [/^latent couple/, 'Latent Couple'],
  [/^zero terminal snr/, 'Zero terminal SNR'],
];

function tellParts(teller: Teller, pairs: Pairs, prompts: string): void {
  const keys = [...pairs.keys()];
  teller.names('lora', [...new Set([...loraNames(prompts), ...hashedNames(pairs.get('lora hashes'))])]);
  teller.names('embedding', hashedNames(pairs.get('ti hashes')));
  teller.names('part', [...new Set(hypernetworkNames(prompts).map((name) => `Hypernetwork ${name}`))]);
  if (keys.some((key) => key.startsWith('controlnet'))) teller.note({ kind: 'control-net' });
  teller.variation(pairs.get('variation seed'), pairs.get('variation seed strength'));
  if (pairs.has('seed resize from')) teller.names('part', ['Seed resize from']);
  const used = parts.filter(([pattern]) =>
    keys.some((key) => pattern.test(key) && pairs.get(key) !== 'False'),
  );
  teller.names('part', [...used.map(([, name]) => name)]);
}

/** `own: 0a1b2c3d4e5f, other: 5f4e3d2c1b0a`. */
const hashedNames = (hashes = ''): readonly string[] =>
  hashes.split(',').map((item) => item.split(':')[0]!.trim());

function unquote(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"')) return value;
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'string' ? read : value;
  } catch {
    return value; // Not quoted after all: a value may begin and end with a quotation mark of its own.
  }
}
