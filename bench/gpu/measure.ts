/** Runs the cases in a Chromium and writes the table. */
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Case, DeviceFacts, Measured } from './cases.ts';
import type { GpuBench } from './page.ts';
import { serve, type Folders } from './serve.ts';

declare global {
  var gpuBench: GpuBench;
}

export interface Machine {
  readonly executablePath: string | undefined;
  readonly args: readonly string[];
  readonly port: number;
}

/** Chromium as it is shows no GPU on Linux without a display; the last flag lets NVIDIA's cards compute in float16 there. */
const gpuArgs = [
  ...['--enable-unsafe-webgpu', '--ignore-gpu-blocklist', '--enable-gpu', '--use-angle=vulkan'],
  ...['--enable-features=Vulkan', '--disable-vulkan-surface', '--disable-gpu-sandbox'],
  '--enable-dawn-features=vulkan_enable_f16_on_nvidia',
];
const softwareArgs = ['--enable-unsafe-webgpu'];

export interface Bench {
  readonly facts: DeviceFacts | null;
  readonly version: string;
  measure(work: Case): Promise<Measured | Error>;
  close(): Promise<void>;
}

/** A Chromium on its GPU, or on SwiftShader where `software` is wanted. */
export async function openBench(machine: Machine, folders: Folders, software: boolean): Promise<Bench> {
  const server = await serve(machine.port, folders);
  const browser = await launch(machine, software ? softwareArgs : gpuArgs);
  const open = async (): Promise<Page> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(minutes(30));
    await page.goto(`http://localhost:${machine.port}/`);
    await page.waitForFunction(() => 'gpuBench' in globalThis);
    return page;
  };
  const facts = await factsOf(open);
  return {
    facts,
    version: browser.version(),
    measure: async (work) => {
      // A page of its own: what one case leaves in memory is not the next one's.
      const page = await open();
      try {
        return await page.evaluate((given) => globalThis.gpuBench.measure(given), work);
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      } finally {
        await page.close();
      }
    },
    close: async () => {
      // A Chromium that died of a GPU that is not there is closed already.
      if (browser.isConnected()) await browser.close();
      server.close();
    },
  };
}

/** Null also where Chromium's GPU process dies, as it does with Vulkan wanted and none there. */
async function factsOf(open: () => Promise<Page>): Promise<DeviceFacts | null> {
  try {
    const page = await open();
    page.setDefaultTimeout(minutes(1));
    const asking = page.evaluate(() => globalThis.gpuBench.facts());
    const late = page.waitForTimeout(minutes(1)).then(() => null);
    const facts = await Promise.race([asking, late]);
    await page.close();
    return facts;
  } catch (error) {
    write(`No GPU: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return null;
  }
}

const minutes = (count: number) => count * 60_000;

const launch = ({ executablePath, args }: Machine, more: readonly string[]): Promise<Browser> =>
  chromium.launch({
    args: [...args, ...more],
    ignoreDefaultArgs: ['--disable-gpu'],
    ...(executablePath === undefined ? {} : { executablePath }),
  });

/** A line for each case, as soon as it is measured. */
export async function printTable(bench: Bench, cases: readonly Case[]): Promise<void> {
  const { facts } = bench;
  const name = facts ? `${facts.vendor} ${facts.architecture} ${facts.description}`.trim() : 'no WebGPU';
  const half = facts?.shaderF16 ? 'float16' : 'no float16';
  write(`Chromium ${bench.version}, ${name}, ${half}\n`);
  write('| graph | session ms | first run ms | median ms | not numbers |');
  write('| --- | --- | --- | --- | --- |');
  for (const work of cases) write(lineOf(work, await bench.measure(work)));
}

function lineOf({ label }: Case, result: Measured | Error): string {
  if (result instanceof Error) return `| ${label} | ${result.message.split('\n')[0]} | | | |`;
  const { createMs, firstMs, medianMs, notNumbers } = result;
  const cells = [createMs, firstMs, medianMs].map((ms) => ms.toFixed(ms < 100 ? 1 : 0));
  return `| ${[label, ...cells, notNumbers].join(' | ')} |`;
}

export const write = (line: string) => process.stdout.write(`${line}\n`);
