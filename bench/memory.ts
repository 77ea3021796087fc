/**
 * `npm run bench -- memory`: 30 pictures of changing sizes, with and without guidance, and the memory of all of the browser's processes after
 * each round of them. `-- memory webgpu` on SwiftShader where there is no GPU, with fewer and smaller ones. Linux.
 */
import { App } from '../e2e/app.ts';
import { chromiumArgs } from '../e2e/browser.ts';
import { memoryMbBelow } from './processes.ts';
import { launch, startServer } from './serve.ts';

const port = 8125;

interface Round {
  readonly backend: 'wasm' | 'webgpu';
  readonly sides: readonly (readonly [width: number, height: number, guidance: number])[];
  readonly rounds: number;
}

const plans: Readonly<Record<Round['backend'], Round>> = {
  wasm: {
    backend: 'wasm',
    sides: [
      [256, 256, 4],
      [256, 384, 4],
      [384, 256, 1],
      [192, 192, 4],
      [256, 256, 1],
      [320, 256, 4],
    ],
    rounds: 5,
  },
  webgpu: {
    backend: 'webgpu',
    sides: [
      [64, 64, 4],
      [64, 96, 1],
      [96, 64, 4],
    ],
    rounds: 5,
  },
};

export async function measureMemory(backend: Round['backend']): Promise<void> {
  const { sides, rounds } = plans[backend];
  const server = await startServer(port);
  const browser = await launch(
    backend === 'webgpu' ? [...chromiumArgs, '--enable-unsafe-webgpu'] : chromiumArgs,
  );
  try {
    const page = await browser.newPage({ baseURL: `http://localhost:${port}` });
    const app = new App(page);
    await app.open(`?backend=${backend}`);
    say(`Built-in model, ${backend}, ${browser.version()}, MB of all processes after each round`);
    for (let round = 0; round < rounds; round++) {
      for (const [width, height, guidance] of sides)
        await app.generate({ prompt: 'a calm beach at sunset', steps: 2, width, height, guidance });
      // What is garbage by then is not what was kept.
      await page.requestGC();
      say(`${(round + 1) * sides.length} pictures: ${memoryMbBelow(server.pid ?? 0).toFixed(0)}`);
    }
  } finally {
    await browser.close();
    server.kill();
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);
