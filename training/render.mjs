// Renders the subjects' icons (Fluent Emoji, MIT) to RGBA pictures and writes the extra words for the captions.
//   npm install @iconify-json/fluent-emoji @resvg/resvg-js emojilib   (in a folder outside the repository, run from there)
//   node render.mjs SPRITES_FOLDER WORDS_FILE
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const WIDTH = 192;
const [spritesFolder, wordsFile] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), 'package.json'));
const { Resvg } = require('@resvg/resvg-js');
const set = require('@iconify-json/fluent-emoji/icons.json');

function renderIcon(name) {
  const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent];
  if (!icon) throw new Error(`The icon set has no ${name}.`);
  const box = `0 0 ${icon.width ?? set.width ?? 16} ${icon.height ?? set.height ?? 16}`;
  const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  const svg = `<svg ${names} viewBox="${box}">${icon.body}</svg>`;
  return new Resvg(svg, { fitTo: { mode: 'width', value: WIDTH } }).render().asPng();
}

fs.mkdirSync(spritesFolder, { recursive: true });
const nouns = new URL('./nouns.txt', import.meta.url);
for (const line of fs.readFileSync(nouns, 'utf8').trim().split('\n')) {
  const [noun, icon] = line.split(' ');
  fs.writeFileSync(path.join(spritesFolder, `${noun}.png`), renderIcon(icon));
}

// common words (emojilib, MIT): they widen the vocabulary and teach the model to pass over what it has no picture for
const keywords = Object.values(require('emojilib/dist/emoji-en-US.json')).flat();
const words = new Set(keywords.flatMap((keyword) => keyword.toLowerCase().split('_')));
const plain = [...words].filter((word) => /^[a-z]{3,12}$/.test(word)).sort();
fs.writeFileSync(wordsFile, plain.join('\n') + '\n');
