/** Texts as people and programs break them, the same for the same number: prompts, and recipes of AUTOMATIC1111's web UI. */

type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain): 0 ≤ x < 1. */
function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const many = (random: Random, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));

const promptPieces = [
  ...['a red fox', 'cat', ' ', ', ', 'sailboat', 'x', '日本', ' é', '\n', 'BREAKFAST', '9', '12.5', '.'],
  ...['(', ')', '[', ']', ':', '|', '\\', '\\(', '\\)', '\\[', '\\]', '\\\\', '((', '))', '[[', ']]'],
  ...[
    ':1.2)',
    ': 0.5 )',
    ':-1)',
    ':.7)',
    '[a:b:0.5]',
    '[fox:0.25]',
    '[fox::3]',
    '[a|b]',
    '[a|]',
    '(sky:1.3)',
  ],
  ...[
    ' AND ',
    'AND',
    ' BREAK ',
    'BREAK',
    ' :2',
    ' :0.7 ',
    '[a:[b:c:4]:0.3]',
    '(a [b|c]:1.1)',
    '[x : y : 1e1]',
  ],
];

export function brokenPrompt(seed: number): string {
  const random = randomFrom(seed);
  return Array.from({ length: many(random, 1, 9) }, () => pick(random, promptPieces)).join('');
}

const words = [
  'a lighthouse',
  'on a cliff',
  '(stormy:1.2) sea',
  'é 日本 🍄',
  'by night, 9:45',
  '<lora:own:0.8>',
];
const samplers = ['Euler a', 'DPM++ 2M', 'DPM++ 2M Karras', 'DDIM', 'LMS', 'Restart'];

function wholeText(random: Random): string {
  const prompt = Array.from({ length: many(random, 1, 3) }, () => pick(random, words));
  const negative = random() < 0.7 ? [`Negative prompt: ${pick(random, words)}`] : [];
  const pairs = [
    ...[
      `Steps: ${many(random, 1, 60)}`,
      `Sampler: ${pick(random, samplers)}`,
      `CFG scale: ${many(random, 2, 40) / 2}`,
    ],
    ...[
      `Seed: ${Math.floor(random() * 2 ** 40)}`,
      `Size: ${8 * many(random, 8, 128)}x${8 * many(random, 8, 128)}`,
    ],
    ...(random() < 0.5 ? ['Schedule type: Karras'] : []),
    ...(random() < 0.5 ? ['Model hash: 45dee52b', 'Model: own-v2, 1'] : []),
    ...(random() < 0.3 ? ['Lora hashes: "own: 0a1b2c3d4e5f, other: 5f4e3d2c1b0a"'] : []),
    ...(random() < 0.3 ? ['Denoising strength: 0.4', 'Hires upscale: 2'] : []),
    ...(random() < 0.3 ? ['Version: v1.10.1'] : []),
  ];
  return [prompt.join(pick(random, [', ', '\n'])), ...negative, pairs.join(', ')].join('\n');
}

const inserted = [
  ...['"', '\\', '\\"', ':', ',', '\n', '\r', '\r\n', '\t', 'Negative prompt: ', 'Steps: ', ', ', ': ', '\0'],
  ...[
    'Seed: -1, ',
    'Size: 0x0, ',
    '{"a": 1}',
    'Template: {a|b}\n',
    ' ',
    '"Steps": 3',
    'é',
    '\u2028',
    '\u00a0',
  ],
];

type Damage = (text: string, random: Random) => string;

const damages: readonly Damage[] = [
  (text, random) => {
    const at = many(random, 0, text.length);
    return text.slice(0, at) + pick(random, inserted) + text.slice(at);
  },
  (text, random) => {
    const at = many(random, 0, text.length);
    return text.slice(0, at) + text.slice(at + many(random, 1, 12));
  },
  (text, random) => text.slice(0, many(random, 0, text.length)),
  (text, random) => text.slice(many(random, 0, text.length)),
  (text, random) => {
    const at = many(random, 0, text.length);
    return text.slice(0, at) + text.slice(Math.max(0, at - many(random, 1, 40)));
  },
  (text, random) => text.replace(pick(random, [',', ':', '\n', ' ', 'x']), ''),
  (text, random) => {
    const lines = text.split('\n');
    const at = many(random, 0, lines.length - 1);
    return [...lines.slice(at), ...lines.slice(0, at)].join('\n');
  },
  (text) => text.replaceAll('\n', '\r\n'),
  (text, random) => `${text}\n${pick(random, words)}`,
];

/** What `e2e/golden/web-ui-texts.json` holds the reference's reading of. @public */
export function brokenWebUiText(seed: number): string {
  const random = randomFrom(seed);
  let text = wholeText(random);
  for (let left = many(random, 1, 3); left > 0; left--) text = pick(random, damages)(text, random);
  return text;
}
