/**
 * Tiny SD's UNet at full size on WASM, one thread, in Node: from its files to a session, then two guided steps, by the clock and by the processor
 * (which counts where the machine does other work). Arguments: the folder that `make.py` wrote (graphs, or weights), the latents' side, and
 * perhaps the rank of a LoRA beside all attention and feed-forward layers. Prints a line of JSON. One process is one measurement: its heap is fresh.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createGenerator } from '../../src/domain/diffusion/noise.ts';
import type { ByteSource } from '../../src/domain/weights/byte-source.ts';
import type { LazyTensor } from '../../src/domain/weights/lazy-tensor.ts';
import { readLora, type Lora } from '../../src/domain/weights/lora.ts';
import { toFloat16 } from '../../src/domain/diffusion/float16.ts';
import { compiledGraphs } from '../../src/worker/graphs/compiled-graphs.ts';
import { findComponents } from '../../src/worker/graphs/components.ts';
import { fileGraphs } from '../../src/worker/graphs/graph-source.ts';
import { unetNeed } from '../../src/worker/graphs/needs.ts';
import { openNetwork } from '../../src/worker/graphs/open-network.ts';
import { createSessions } from '../../src/worker/graphs/sessions.ts';
import { predict } from '../../src/worker/graphs/unet.ts';
import { openRuntime } from '../../src/worker/runtime/ort.ts';
import type { ModelFiles } from '../../src/worker/weights/model-files.ts';

const [folder = '', side = '32', rank = '0'] = process.argv.slice(2);
const job = { signal: new AbortController().signal, tell: () => undefined };

function diskFiles(root: string): ModelFiles {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const open = (path: string): ByteSource => ({
    name: path,
    sizeBytes: statSync(join(root, path)).size,
    read: (offsetBytes, lengthBytes) => {
      const bytes = new Uint8Array(lengthBytes);
      const file = openSync(join(root, path), 'r');
      readSync(file, bytes, 0, lengthBytes, offsetBytes);
      closeSync(file);
      return Promise.resolve(bytes);
    },
  });
  return {
    list: () => paths.map((path) => ({ path, sizeBytes: statSync(join(root, path)).size })),
    readBytes: (path) => Promise.resolve(new Uint8Array(readFileSync(join(root, path)))),
    readText: (path) => Promise.resolve(readFileSync(join(root, path), 'utf8')),
    open,
  };
}

/** As people train them: every projection of attention and feed-forward. */
async function madeLora(files: ModelFiles, loraRank: number): Promise<Lora> {
  const { tensors } = await openNetwork(files, 'unet', { ...job, onBytes: () => undefined });
  const factors = new Map<string, LazyTensor>();
  const made = (shape: readonly number[]): LazyTensor => {
    const float32 = () => Promise.resolve(new Float32Array(shape[0]! * shape[1]!).fill(0.01));
    return {
      dtype: 'F32',
      shape,
      float32,
      float16: async () => toFloat16(await float32()) as Uint16Array<ArrayBuffer>,
    };
  };
  for (const [name, { shape }] of tensors) {
    const layer = /^(.*\.(?:attn[12]\.to_(?:q|k|v|out\.0)|ff\.net\.(?:0\.proj|2)))\.weight$/.exec(name)?.[1];
    if (layer === undefined) continue;
    factors.set(`unet.${layer}.lora_A.weight`, made([loraRank, shape[1]!]));
    factors.set(`unet.${layer}.lora_B.weight`, made([shape[0]!, loraRank]));
  }
  return readLora('made', { tensors: factors, metadata: new Map() });
}

function clock() {
  const [startMs, start] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(start);
    return { sec: round((performance.now() - startMs) / 1000), cpuSec: round((user + system) / 1e6) };
  };
}

const round = (value: number) => Math.round(value * 100) / 100;

const files = diskFiles(folder);
const isGraphs = files.list().some(({ path }) => path.endsWith('.onnx'));
const compiled = isGraphs ? null : compiledGraphs(files);
const source =
  compiled ??
  fileGraphs(files, findComponents([...files.list(), { path: 'vae_decoder/model.onnx', sizeBytes: 0 }]));
const use = (lora: Lora, weight: number) =>
  compiled?.useLoras([{ lora, unetWeight: weight, textWeight: weight }]);
const lora = Number(rank) > 0 ? await madeLora(files, Number(rank)) : null;
if (lora) use(lora, 0.8);

const runtime = await openRuntime('wasm', 1);
const sessions = createSessions({ runtime, source });
const dims = [4, Number(side), Number(side)] as const;
const { randn } = createGenerator(0);
const prompt = { data: randn(77 * 768), tokens: 77, width: 768 };
const call = {
  sample: randn(4 * Number(side) ** 2),
  dims,
  timestep: 500,
  prompts: [prompt, prompt],
  guidanceEmbedding: null,
};
const need = unetNeed(dims, 2, 77);
const step = async () => {
  const lap = clock();
  const [first] = await sessions.use(need, job, (session) => predict(session, call));
  return { ...lap(), spread: Math.sqrt(first!.reduce((sum, x) => sum + x * x, 0) / first!.length) };
};

const lap = clock();
await sessions.warmUp([need], job);
const session = lap();
const steps = [await step(), await step()];
const change = clock();
if (lora) use(lora, 0.3);
const changed = lora ? [change(), await step()] : [];
const rssMb = Math.round(process.memoryUsage().rss / 1e6);
process.stdout.write(
  `${JSON.stringify({ form: isGraphs ? 'graphs' : 'weights', session, steps, changed, rssMb })}\n`,
);
