/** `THIRD-PARTY-NOTICES.txt`: whose work is in the build, under which licence, written by the build from the packages themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { noticesFile } from '../engine/notices.ts';

/** Development dependencies that end up in the build all the same. */
const built = ['redoc', 'swagger-ui-dist'];
/** Run by Node alone. */
const ofServer = ['sirv', 'ws'];
/** Put in the place of what is never called. */
const stub = 'empty-npm-package';

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  /** What the package's own licence files say; empty where it has none. */
  readonly text: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: string | { readonly url: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function thirdPartyNotices(root: string): Plugin {
  return {
    name: 'zoetrope:third-party-notices',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: noticesFile, source: noticesText(root) });
    },
  };
}

/** All packages whose code may be in the build, dependencies of dependencies included, by name and version. */
export function notices(root: string): readonly Notice[] {
  const found = new Map<string, Notice>();
  const visit = (folder: string, names: readonly string[]): void => {
    for (const name of names) {
      const own = resolve(folder, name, root);
      if (own === undefined) continue;
      const manifest = readManifest(own);
      const key = `${manifest.name} ${manifest.version}`;
      if (found.has(key) || manifest.name === stub) continue;
      found.set(key, notice(own, manifest));
      visit(own, Object.keys(manifest.dependencies ?? {}));
    }
  };
  const direct = Object.keys(readManifest(root).dependencies ?? {});
  visit(
    root,
    [...direct, ...built].filter((name) => !ofServer.includes(name)),
  );
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function noticesText(root: string): string {
  const head = readFileSync(join(root, 'licences/NOTICES.txt'), 'utf8');
  const gpl = readFileSync(join(root, 'licences/GPL-2.0.txt'), 'utf8');
  const parts = notices(root).map(
    ({ name, version, licence, source, text }) => `${name} ${version}\n${licence}\n${source}\n\n${text}`,
  );
  const line = `\n${'-'.repeat(80)}\n`;
  return [head, ...parts, `GNU General Public License, version 2, for ffmpeg-core\n\n${gpl}`].join(line);
}

/** Where Node would find the package from `folder`; undefined for what is optional and not installed. */
function resolve(folder: string, name: string, root: string): string | undefined {
  for (let at = folder; at.startsWith(root); at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function notice(folder: string, { name, version, license, repository }: Manifest): Notice {
  const url = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const source = url.replace(/^git\+/, '').replace(/\.git$/, '') || `https://www.npmjs.com/package/${name}`;
  // Old packages name no licence in their manifest, but bring its text.
  const licence = license ?? (text === '' ? '' : 'As follows');
  return { name, version, licence, source, text };
}
