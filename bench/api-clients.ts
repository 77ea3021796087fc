/**
 * Clients that other people's generators make from our OpenAPI document: each compiles strictly, and makes a picture. `npx tsx bench/api-clients.ts`
 * fetches the generators into a temporary folder. Not among the tests, which need no network.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts } from '../e2e/free-ports.ts';

const packages = [
  'openapi-typescript@7.13.0',
  'openapi-fetch@0.17.0',
  '@hey-api/openapi-ts@0.99.0',
  'typescript@5.9.3',
];

interface Client {
  readonly name: string;
  readonly generate: readonly string[];
  /** Makes a picture and a wrong request; the last line is a JSON of what came. */
  readonly program: (baseUrl: string) => string;
}

const report = `const head = new Uint8Array(await picture.slice(0, 8).arrayBuffer());
console.log(JSON.stringify({ signature: [...head], refused, seed }));`;

const clients: readonly Client[] = [
  {
    name: 'openapi-typescript',
    // Else what has a default must be sent: https://openapi-ts.dev/cli
    generate: ['openapi-typescript', 'openapi.json', '-o', 'api.d.ts', '--default-non-nullable', 'false'],
    program: (baseUrl) => `import createClient from 'openapi-fetch';
import type { paths } from './api.d.ts';
const client = createClient<paths>({ baseUrl: '${baseUrl}' });
const body = { prompt: 'a red barn at noon', num_inference_steps: 2, seed: 7 };
const { data, error, response } = await client.POST('/generate', { body, parseAs: 'blob' });
if (error) throw new Error(JSON.stringify(error));
const picture = data as unknown as Blob;
const seed = response.headers.get('x-seed');
const wrong = await client.POST('/generate', { body: { ...body, num_inference_steps: 0 } });
const refused = wrong.response.status;
${report}`,
  },
  {
    name: '@hey-api/openapi-ts',
    generate: ['openapi-ts', '-i', 'openapi.json', '-o', 'hey'],
    program: (baseUrl) => `import { generate } from './hey/index.ts';
import { client } from './hey/client.gen.ts';
client.setConfig({ baseUrl: '${baseUrl}' });
const body = { prompt: 'a red barn at noon', num_inference_steps: 2, seed: 7 };
const { data, error, response } = await generate({ body });
if (error) throw new Error(JSON.stringify(error));
const picture = data as unknown as Blob;
const seed = response?.headers.get('x-seed');
const wrong = await generate({ body: { ...body, num_inference_steps: 0 } });
const refused = wrong.response?.status;
${report}`,
  },
];

const compilerOptions = {
  ...{ strict: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler' },
  ...{
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
};
const expected = JSON.stringify({
  signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  refused: 422,
  seed: '7',
});

async function startHeadless(port: number): Promise<ChildProcess> {
  const args = ['--import', 'tsx', 'src/server/start.ts', '--headless', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  for (;;) {
    if (child.exitCode !== null) throw new Error('the server ended before it answered');
    const answer = await fetch(`http://localhost:${port}/jobs`).catch(() => null);
    if (answer?.ok) return child;
    await new Promise((later) => setTimeout(later, 250));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'zoetrope-clients-'));
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const tsx = createRequire(import.meta.url).resolve('tsx');
let server: ChildProcess | null = null;
try {
  const [port] = await freePorts(1);
  server = await startHeadless(port!);
  const baseUrl = `http://localhost:${port}`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]);
  writeFileSync(join(folder, 'openapi.json'), await (await fetch(`${baseUrl}/openapi.json`)).text());
  for (const { name, generate, program } of clients) {
    run('npx', generate);
    const file = resolve(folder, 'program.ts');
    writeFileSync(file, program(baseUrl));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    run('npx', ['tsc', '-p', '.']);
    const told = run(process.execPath, ['--import', tsx, file]).trim().split('\n').at(-1);
    if (told !== expected) throw new Error(`${name}: ${told}`);
    process.stdout.write(`${name}: compiles, makes a picture, is refused what is wrong\n`);
  }
} finally {
  server?.kill();
  rmSync(folder, { recursive: true });
}
