import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => existsSync(join(root, file)));

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

/** Beside the document, or, as on the map, anywhere in the tree as a part of a path. */
const exists = (document: string, path: string) =>
  existsSync(join(dirname(join(root, document)), path)) ||
  tracked.some((file) => `/${file}`.includes(`/${path}`));

/** Written by the build, by a person's own commands or by programs that are run apart; a history tells of what is gone. */
const elsewhere =
  /^@|^(\.gpu|dist|node_modules|pipe|bin|tokenizer|tools|unet|vae|text_encoder)\b|THIRD-PARTY-NOTICES|^modules\/|^x\.|[<>*$~…]/;

/** Links to files, and what stands in backticks and looks like a path of the tree: with a slash, and a file's ending or a slash at the end; or a source file's name alone. */
function pathsOf(text: string): string[] {
  const prose = text.replace(/```.*?```/gs, '');
  const links = Array.from(
    prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g),
    ([, path]) => path!,
  );
  const quoted = Array.from(prose.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*\/?)`/g), ([, path]) => path!);
  return [
    ...links,
    ...quoted.filter((path) => path.includes('/') && /(\/|\.(ts|tsx|js|json|md|py|mjs))$/.test(path)),
    ...quoted.filter((path) => /^[\w-]+\.tsx?$/.test(path)),
  ];
}

it.each(documents)('every path that %s names exists', (document) => {
  const named = pathsOf(readFileSync(join(root, document), 'utf8')).filter((path) => !elsewhere.test(path));
  const missing = named.filter((path) => !exists(document, path));
  expect(missing).toEqual([]);
});

it('every large room has a README of its own', () => {
  const rooms = new Map<string, number>();
  for (const file of tracked) {
    const room = /^src\/(?:(?:app|domain)\/[^/]+|engine|video|worker)(?=\/)/.exec(file)?.[0];
    if (room !== undefined && /\.tsx?$/.test(file)) rooms.set(room, (rooms.get(room) ?? 0) + 1);
  }
  const large = [...rooms].filter(([, files]) => files >= 30).map(([room]) => room);
  expect(large.length).toBeGreaterThan(10);
  expect(large.filter((room) => !documents.includes(`${room}/README.md`))).toEqual([]);
});
