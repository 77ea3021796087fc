/** What is measured: graphs, shapes, options. Plain data, which goes to the page and back. */

import { leanGraphs, type LeanGraph } from './lean.ts';

export interface Case {
  /** What the table's line says. */
  readonly label: string;
  /** Below the folder of graphs. */
  readonly graph: string;
  /** Its weights, where they lie beside it. */
  readonly weights?: string;
  readonly backend: 'webgpu' | 'wasm';
  /** The shape of every input, by name. */
  readonly feeds: Readonly<Record<string, readonly number[]>>;
  /** Free dimensions that are fixed when the session is made. */
  readonly fixed?: Readonly<Record<string, number>>;
  readonly layout?: 'NHWC' | 'NCHW';
  readonly threads?: number;
  /** After one that warms up. */
  readonly runs: number;
  readonly tellPlacement?: boolean;
}

export interface Measured {
  readonly createMs: number;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly notNumbers: number;
  readonly rms: number;
  /** The output's first values. */
  readonly sample: readonly number[];
}

export interface DeviceFacts {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly software: boolean;
  readonly shaderF16: boolean;
  readonly maxBindingBytes: number;
}

/** Graphs that every clone has: small, to see that the bench runs, and what shape arithmetic costs. */
export function smallCases(runs: number): readonly Case[] {
  const [mini, own] = ['e2e/golden/mini-onnx', 'public/models/built-in'];
  const miniature = {
    graph: `${mini}/unet/model.onnx`,
    backend: 'webgpu',
    feeds: { sample: [2, 4, 8, 8], timestep: [], encoder_hidden_states: [2, 77, 32] },
    runs,
  } as const;
  const builtIn = {
    graph: `${own}/unet/model.onnx`,
    backend: 'webgpu',
    feeds: { sample: [2, 12, 16, 16], timestep: [1], encoder_hidden_states: [2, 77, 192] },
    runs,
  } as const;
  const fixed = { batch: 2, height: 16, width: 16, steps: 1, sequence: 77 };
  const onWasm = { ...builtIn, backend: 'wasm', threads: 2 } as const;
  return [
    { ...miniature, label: "the miniature's UNet, free shapes" },
    { ...miniature, label: '… fixed shapes', fixed: { batch: 2, height: 8, width: 8 } },
    { ...builtIn, label: "the built-in model's UNet, free shapes" },
    { ...builtIn, label: '… fixed shapes', fixed },
    { ...builtIn, label: '… NCHW', fixed, layout: 'NCHW' },
    {
      ...builtIn,
      label: '… batch 1',
      fixed: { ...fixed, batch: 1 },
      feeds: { sample: [1, 12, 16, 16], timestep: [1], encoder_hidden_states: [1, 77, 192] },
    },
    { ...onWasm, label: '… on WASM, two threads, free shapes' },
    { ...onWasm, label: '… on WASM, two threads, fixed shapes', fixed },
    { ...lean(leanGraphs.small, runs), label: 'a small lean graph, as the app compiles it' },
    { ...lean(leanGraphs.small, runs), label: '… NCHW', layout: 'NCHW' },
  ];
}

const lean = ({ folder, batch, side, contextWidth }: LeanGraph, runs: number) =>
  ({
    graph: `${folder}/model.onnx`,
    weights: `${folder}/data.bin`,
    backend: 'webgpu',
    feeds: {
      sample: [batch, 4, side, side],
      timestep: [1],
      encoder_hidden_states: [batch, 77, contextWidth],
    },
    runs,
  }) as const;

/**
 * Of Tiny SD's size, 512 × 512. `standard/` is the folder that `bench/full-size/make.py` writes, and left out where it is not there; the
 * lean graphs are written by `lean.ts` and filled by `fill.ts`.
 */
export function largeCases(runs: number, has: (path: string) => boolean): readonly Case[] {
  const standard = {
    graph: 'standard/unet/model.onnx',
    weights: 'standard/unet/model.onnx_data',
    backend: 'webgpu',
    feeds: { sample: [2, 4, 64, 64], timestep: [], encoder_hidden_states: [2, 77, 768] },
    runs,
  } as const;
  const cases: readonly Case[] = [
    { ...standard, label: "Tiny SD's UNet, standard export, free shapes" },
    { ...standard, label: '… fixed shapes', fixed: { batch: 2, height: 64, width: 64 } },
    { ...lean(leanGraphs.half, runs), label: 'lean graph, float16, NHWC' },
    { ...lean(leanGraphs.half, runs), label: '… NCHW', layout: 'NCHW' },
    { ...lean(leanGraphs.halfOne, runs), label: '… batch 1' },
    { ...lean(leanGraphs.single, runs), label: 'lean graph, float32' },
  ];
  return cases.filter(({ graph }) => has(graph));
}
