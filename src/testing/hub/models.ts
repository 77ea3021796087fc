/** The miniature of `golden/mini-onnx` in every layout in which Tiny SD is published, and things that are no pipeline. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { goldenPath } from '../golden.ts';
import { halfGraph } from '../half-graph.ts';
import { throughHalf } from '../through-half.ts';
import { inShards } from './shards.ts';
import { withExternalData } from './onnx-external.ts';

export type Files = ReadonlyMap<string, Buffer>;

export function readFolder(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)]),
  );
}

/** Optimum's layout, complete. */
export const miniature: Files = readFolder(goldenPath('mini-onnx'));

const pick = (files: Files, keep: (path: string) => boolean): Files =>
  new Map([...files].filter(([path]) => keep(path)));

/** Graphs and vocabulary and nothing else (RanaLLC/tiny-sd-onnx-fp16). */
export const bare = pick(miniature, (path) =>
  /^(?:(?:text_encoder|unet|vae_decoder)\/model\.onnx|tokenizer\/(?:vocab\.json|merges\.txt))$/.test(path),
);

const inFolder = (folder: string, files: Files): Files =>
  new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]));

/** Three complete pipelines (cursedhelm/aderpy-deepdreamer-onnx). */
export const threeFolders: Files = new Map(
  ['tiny-sd-web', 'tiny-sd-web-fp16', 'tiny-sd-web-q4f16'].flatMap((folder) => [
    ...inFolder(folder, miniature),
  ]),
);

/** Weights of UNet and decoder beside their graphs (akameswa/lcm-tiny-sd-onnx-fp16). */
export const external: Files = new Map(
  [...miniature]
    .filter(([path]) => !/^(?:model_index|vae_encoder|scheduler|.*config\.json)/.test(path))
    .flatMap(([path, bytes]) =>
      /^(?:unet|vae_decoder)\/model\.onnx$/.test(path) ? split(path, bytes) : [[path, bytes]],
    ),
);

function split(path: string, bytes: Buffer): [string, Buffer][] {
  const name = `${path.slice(path.lastIndexOf('/') + 1)}_data`;
  const { graph, data } = withExternalData(bytes, name);
  return [
    [path, graph],
    [`${path}_data`, data],
  ];
}

/** Everything in float16, under the name that says so. */
export const half: Files = new Map(
  [...miniature].map(([path, bytes]) =>
    path.endsWith('.onnx')
      ? [path.replace('model.onnx', 'model_fp16.onnx'), Buffer.from(halfGraph(bytes))]
      : [path, bytes],
  ),
);

const withUnet = (change: (bytes: Uint8Array) => Uint8Array): Files =>
  new Map(
    [...miniature].map(([path, bytes]) =>
      path === 'unet/model.onnx' ? [path, Buffer.from(change(bytes))] : [path, bytes],
    ),
  );

/** A little of it in float16. */
export const partlyHalf = withUnet((bytes) => throughHalf(bytes, { overflows: false }));

/** In float16 its UNet gives no numbers. */
export const overflowing = withUnet((bytes) => throughHalf(bytes, { overflows: true }));

/** Several precisions side by side, as transformers.js names them; each with data of its own name. */
export const sideBySide: Files = new Map([
  ...pick(miniature, (path) => !path.endsWith('.onnx')),
  ...['_fp16', '_q4f16'].flatMap((suffix) =>
    [...pick(miniature, (path) => path.endsWith('.onnx'))].flatMap(([path, bytes]) =>
      split(path.replace('model.onnx', `model${suffix}.onnx`), bytes),
    ),
  ),
]);

const named = (...paths: readonly string[]): Files => new Map(paths.map((path) => [path, Buffer.from('{}')]));

const checkpoint = (name: string): Files => readFolder(goldenPath(name));

/** What lies beside the weights, safety checker and all. */
const besideWeights: Files = new Map([
  ...pick(checkpoint('mini-checkpoint'), (path) => !path.endsWith('.safetensors')),
  ...named('safety_checker/config.json', 'safety_checker/pytorch_model.bin', 'README.md'),
]);

/** segmind/tiny-sd itself, as on its main branch: pickled, strided tensors. */
export const tinySd: Files = new Map([...besideWeights, ...checkpoint('mini-checkpoint-bin')]);

/** Two variants in two formats, as most checkpoints are published; the smallest is `.fp16.safetensors`. */
export const variants: Files = new Map([
  ...tinySd,
  ...[...pick(checkpoint('mini-checkpoint'), (path) => path.endsWith('.safetensors'))].flatMap(
    ([path, bytes]): [string, Buffer][] => [
      [path, Buffer.concat([bytes, Buffer.alloc(bytes.length)])],
      [path.replace(/\.safetensors$/, '.fp16.safetensors'), bytes],
    ],
  ),
]);

/** As diffusers writes what is larger than its limit: shards, and an index that tells where each tensor lies. */
export const sharded: Files = new Map([
  ...besideWeights,
  ...[...pick(checkpoint('mini-checkpoint'), (path) => path.endsWith('.safetensors'))].flatMap(
    ([path, bytes]): [string, Buffer][] =>
      path.startsWith('unet/') ? inShards(path, bytes, 3) : [[path, bytes]],
  ),
]);

/** Weights for JAX alone. */
export const flax: Files = new Map([
  ...pick(miniature, (path) => /^(?:model_index|scheduler|tokenizer)/.test(path)),
  ...named('unet/config.json', 'unet/diffusion_flax_model.msgpack', 'vae/config.json'),
]);

export const sdxl: Files = new Map([
  ...miniature,
  ...named('text_encoder_2/model.onnx', 'tokenizer_2/vocab.json'),
]);

export const flux = named(
  'model_index.json',
  'transformer/model.onnx',
  'text_encoder/model.onnx',
  'text_encoder_2/model.onnx',
  'vae_decoder/model.onnx',
);

/** Its UNet is not there. */
export const withoutUnet = pick(miniature, (path) => !path.startsWith('unet/'));

/** The graph names weights that nobody uploaded. */
export const withoutData = pick(external, (path) => path !== 'unet/model.onnx_data');
