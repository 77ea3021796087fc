/**
 * `npm run bench:film` (Linux): three stills of 3 s with cross-fades, 512 × 512, 24 fps, through our two encoders and through ffmpeg.wasm's own
 * `xfade` graph, in one run of one browser; then the memory of a 5-minute 720p film through each encoder, each in a browser of its own.
 * One part alone: `npm run bench:film -- costs`, `memory` or `memory-ffmpeg`.
 */
import type { Browser } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { FilmApp } from '../e2e/film-app.ts';
import { cpuSecondsBelow, memoryMbBelow } from './processes.ts';
import { launch, startServer } from './serve.ts';

const port = 8125;
const origin = `http://localhost:${port}`;
const prompts = ['a calm beach at sunset', 'a forest at night', 'a desert at noon'];

interface Cost {
  readonly wallSec: number;
  readonly cpuSec: number;
}

const still = (name: string, seconds: number) => [
  '-loop',
  '1',
  '-framerate',
  '24',
  '-t',
  String(seconds),
  '-i',
  name,
];
const xfadeArgs = [
  ...[...still('0.png', 3.5), ...still('1.png', 4), ...still('2.png', 3.5)],
  '-filter_complex',
  '[0]scale=512:512[a];[1]scale=512:512[b];[2]scale=512:512[c];' +
    '[a][b]xfade=transition=fade:duration=0.5:offset=3[d];[d][c]xfade=transition=fade:duration=0.5:offset=6.5,format=yuv420p',
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-movflags', '+faststart', 'film.mp4'],
];

const parts: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  costs: printTable,
  memory: (browser) => printMemory(browser, 'WebCodecs'),
  'memory-ffmpeg': (browser) => printMemory(browser, 'ffmpeg'),
};
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`no part “${unknown}”: ${Object.keys(parts).join(', ')}`);

const server = await startServer(port);
const serverPid = server.pid ?? 0;
try {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await withBrowser(part);
  }
} finally {
  server.kill();
}

async function withBrowser(part: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launch();
  try {
    await part(browser);
  } finally {
    await browser.close();
  }
}

async function openFilm(browser: Browser): Promise<FilmApp> {
  const page = await browser.newPage({ baseURL: origin, viewport: { width: 1440, height: 900 } });
  const film = new FilmApp(page);
  await film.open();
  await film.paste(prompts);
  await film.want({ Steps: 4 });
  return film;
}

async function printTable(browser: Browser): Promise<void> {
  const film = await openFilm(browser);
  await film.generate();
  const pictures = [await film.pictureFile(1), await film.pictureFile(2), await film.pictureFile(3)];
  const ours = await measure(async () => void (await film.exportAs('MP4')));
  const forced = await measure(async () => void (await film.exportAs('MP4', 'ffmpeg')));
  const graph = await xfade(browser, pictures);
  const row = (name: string, cost: Cost, limit: string) =>
    `| ${name} | ${cost.wallSec.toFixed(2)} | ${cost.cpuSec.toFixed(2)} | ${(cost.cpuSec / graph.cpuSec).toFixed(2)} | ${limit} |\n`;
  process.stdout.write(
    `${browser.version()}\n\n| path | wall s | CPU s | of xfade's CPU | limit |\n|---|---|---|---|---|\n`,
  );
  process.stdout.write(row('WebCodecs', ours, '≤ 0.2') + row('ffmpeg.wasm, our frames', forced, '≤ 0.8'));
  process.stdout.write(row('ffmpeg.wasm, stills and `xfade`', graph, ''));
}

async function measure(work: () => Promise<void>): Promise<Cost> {
  const [startMs, startSec] = [performance.now(), cpuSecondsBelow(serverPid)];
  await work();
  return { wallSec: (performance.now() - startMs) / 1000, cpuSec: cpuSecondsBelow(serverPid) - startSec };
}

/** What one would do without a compositor: ffmpeg loops each still and fades between them. 240 frames, as the contract counts them. */
async function xfade(browser: Browser, pictures: readonly Buffer[]): Promise<Cost> {
  const page = await browser.newPage();
  await page.goto(`${origin}/favicon.svg`);
  const asset = (pattern: RegExp) =>
    `${origin}/assets/${readdirSync('dist/assets').find((name) => pattern.test(name))}`;
  const job = {
    core: asset(/^ffmpeg-core.*\.js$/),
    wasm: asset(/^ffmpeg-core.*\.wasm$/),
    files: pictures.map((picture) => picture.toString('base64')),
    args: xfadeArgs,
  };
  const cost = await measure(async () => {
    const bytes = await page.evaluate(async ({ core, wasm, files, args }) => {
      const { default: create } = (await import(core)) as {
        default: (options: object) => Promise<FfmpegCore>;
      };
      const ffmpeg = await create({
        mainScriptUrlOrBlob: `${core}#${btoa(JSON.stringify({ wasmURL: wasm }))}`,
      });
      files.forEach((file, index) =>
        ffmpeg.FS.writeFile(
          `${index}.png`,
          Uint8Array.from(atob(file), (char) => char.charCodeAt(0)),
        ),
      );
      ffmpeg.exec(...args);
      return ffmpeg.FS.readFile('film.mp4').length;
    }, job);
    if (bytes < 1000) throw new Error('xfade made no film');
  });
  await page.close();
  return cost;
}

interface FfmpegCore {
  readonly FS: { writeFile(name: string, content: Uint8Array): void; readFile(name: string): Uint8Array };
  exec(...args: readonly string[]): number;
}

/** The peak while a long film is exported; the pictures are there already, so that it is the encoder's. */
async function printMemory(browser: Browser, encoder: 'WebCodecs' | 'ffmpeg'): Promise<void> {
  const film = await openFilm(browser);
  await film.page.getByRole('radio', { name: '16:9, 1280 × 720' }).click();
  await film.want({ 'Scene length (seconds)': 99.6 });
  await film.generate();
  await film.chooseFormat('MP4');
  if (encoder === 'ffmpeg') await film.chooseFfmpeg();
  let peakMb = 0;
  const timer = setInterval(() => (peakMb = Math.max(peakMb, memoryMbBelow(serverPid))), 500);
  await film.button('Export MP4').click();
  await film.button('Save').waitFor({ timeout: 1_800_000 });
  clearInterval(timer);
  process.stdout.write(
    `5 minutes of 720p, ${encoder}: peak ${peakMb.toFixed(0)} MB over all browser processes (limit 1000)\n`,
  );
}
