import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const virtualId = 'virtual:built-in-model';
const cardName = 'card.json';
const folder = join(import.meta.dirname, '../../public/models/built-in');

/** Lists `public/models/built-in` at build time, so that no code has to know which files the model has. */
export function builtInModel(): Plugin {
  return {
    name: 'zoetrope:built-in-model',
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : null),
    load: (id) => (id === `\0${virtualId}` ? describeFolder() : null),
  };
}

function describeFolder(): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== cardName)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(describeFile);
  const revision = sha256(files.map((file) => `${file.path} ${file.sha256}\n`).join('')).slice(0, 12);
  const card = readFileSync(join(folder, cardName), 'utf8');
  return `export const card = ${card};\nexport const revision = ${JSON.stringify(revision)};\nexport const files = ${JSON.stringify(files)};\n`;
}

function describeFile(file: string) {
  const content = readFileSync(file);
  return {
    path: relative(folder, file).split(sep).join('/'),
    sizeBytes: content.length,
    sha256: sha256(content),
  };
}

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
