/** `npm start`: builds if anything changed since the last build, then serves the production build; `--headless` also opens a tab that draws. */
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createAdmission } from './admission.ts';
import { buildIfNeeded } from './build-if-needed.ts';
import { keptWords, openHeadless } from './headless.ts';
import { createPairing, newCode } from './pairing.ts';
import { serve } from './serve.ts';
import { readOptions, StartRefusal } from './start-options.ts';
import { addressesOf, pairingOf, pairingWords } from './start-words.ts';

const root = join(import.meta.dirname, '../..');

try {
  const options = readOptions(process.argv.slice(2), process.env);
  buildIfNeeded(root, () => say('Building Zoetrope …'));
  const sayCode = (code: string) => pairingWords(code, options).forEach(say);
  const pairing = createPairing({ nowMs: () => performance.now(), newCode, onNewCode: sayCode });
  const admission = createAdmission(pairing, pairingOf(options));
  const { port } = await serve(join(root, 'dist'), options, admission);
  const addresses = addressesOf({ ...options, port }, networkInterfaces());
  const here = addresses.here + (admission.drawerQuery && `?${admission.drawerQuery}`);
  say(`Zoetrope is at ${here} (Ctrl+C ends it)`);
  for (const address of addresses.others) say(`On your network it is at ${address}`);
  sayCode(pairing.code());
  if (options.headless) {
    openHeadless(here, options.certificate, say);
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
