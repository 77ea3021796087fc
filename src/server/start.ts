/** `npm start`: builds if anything changed since the last build, then serves the production build; `--headless` also opens a tab that draws. */
import { join } from 'node:path';
import { buildIfNeeded } from './build-if-needed.ts';
import { keptWords, openHeadless } from './headless.ts';
import { serve } from './serve.ts';
import { readOptions, StartRefusal } from './start-options.ts';

const root = join(import.meta.dirname, '../..');

try {
  const options = readOptions(process.argv.slice(2), process.env);
  buildIfNeeded(root, () => say('Building Zoetrope …'));
  const { port } = await serve(join(root, 'dist'), options);
  const { host, headless } = options;
  const urlAt = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`;
  say(`Zoetrope is at ${urlAt(host)} (Ctrl+C ends it)`);
  const everywhere = host === '0.0.0.0' || host === '::';
  if (headless) {
    openHeadless(urlAt(everywhere ? 'localhost' : host), say);
    say(keptWords);
  }
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
