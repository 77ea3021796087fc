/**
 * ComfyUI writes the graph that ran as JSON under `prompt`, and the picture of it that the person edits under `workflow`. Who made the
 * picture is found by following the links from where it was saved.
 */
import type { CarriedText } from '../carried.ts';
import type { RestoredSettings } from '../told.ts';
import { createTeller, type Teller } from '../told.ts';
import { passesOf, type Pass } from './comfy-passes.ts';
import { numberAt, readGraph, rising, valueAt, type Graph, type Link } from './comfy-graph.ts';
import { tellConditioning } from './comfy-text.ts';
import { graphOfWorkflow } from './comfy-workflow.ts';

export function readComfy(texts: readonly CarriedText[]): RestoredSettings | null {
  const candidates = texts
    .map(({ text }) => withoutKeyword(text))
    .filter((text) => text.trimStart().startsWith('{'));
  for (const read of [readGraph, graphOfWorkflow]) {
    for (const text of candidates) {
      const graph = read(text);
      const told = graph && tellGraph(graph);
      if (told) return told;
    }
  }
  return null;
}

/** In Exif fields the JSON comes behind its name: `prompt:{…}`. */
const withoutKeyword = (text: string) => text.replace(/^\s*(prompt|workflow)\s*:\s*(?=\{)/i, '');

/** Null when nothing in it draws. */
export function tellGraph(graph: Graph): RestoredSettings | null {
  const passes = passesOf(graph);
  const pass = passes.at(-1);
  if (!pass) return null;
  const teller = createTeller('ComfyUI');
  if (passes.length > 1) teller.note({ kind: 'second-pass', how: passes[0]!.node.type });
  tellConditioning(teller, graph, pass);
  tellSampling(teller, graph, pass);
  tellLatent(teller, graph, pass);
  tellModel(teller, graph, pass.model);
  return teller.done();
}

function tellSampling(teller: Teller, graph: Graph, { numbers, sampler, sigmas }: Pass): void {
  const number = (name: string) => {
    const holder = numbers.find((node) => name in node.inputs);
    return holder && numberAt(graph, holder.inputs[name], name);
  };
  teller.steps(number('steps') ?? number('steps_total'));
  teller.guidance(number('cfg') ?? number('guidance'));
  teller.seed(number('seed') ?? number('noise_seed'));
  teller.noise('torch-cpu');
  teller.sampler(samplerOf(graph, sampler), scheduleOf(graph, sigmas));
}

function samplerOf(graph: Graph, node: Pass['sampler']): unknown {
  if (!node) return undefined;
  const named = node.inputs['sampler_name'] ?? node.inputs['sampler'];
  if (named !== undefined)
    return valueAt(graph, named, ['sampler_name', 'sampler', 'value', 'string']) ?? node.type;
  // SamplerEulerAncestral, SamplerDPMPP_2M_SDE …
  return node.type.replace(/^Sampler_?/, '');
}

const scheduleNodes: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^Karras/, 'karras'],
  [/^Exponential/, 'exponential'],
  [/^Polyexponential/, 'polyexponential'],
  [/^AlignYourSteps/, 'ays'],
  [/^BetaSampling/, 'beta'],
];

function scheduleOf(graph: Graph, node: Pass['sigmas']): unknown {
  if (!node) return undefined;
  if (node.inputs['scheduler'] !== undefined)
    return valueAt(graph, node.inputs['scheduler'], ['scheduler', 'value', 'string']);
  return scheduleNodes.find(([pattern]) => pattern.test(node.type))?.[1] ?? node.type;
}

/** The size of the empty latent; or, where the way leads to a picture, image-to-image with its strength. */
function tellLatent(teller: Teller, graph: Graph, pass: Pass): void {
  const way = rising(graph, pass.latent, { skip: /^(vae|model|clip|control_net|positive|negative|mask)$/ });
  const sized = way.find(({ inputs }) => 'width' in inputs && 'height' in inputs);
  const listed = way.find(({ inputs }) => typeof inputs['resolution'] === 'string');
  if (sized) {
    teller.size(
      numberAt(graph, sized.inputs['width'], 'width'),
      numberAt(graph, sized.inputs['height'], 'height'),
    );
  } else if (listed) {
    const [, width, height] = /(\d+)\s*[x×]\s*(\d+)/.exec(String(listed.inputs['resolution'])) ?? [];
    teller.size(width, height);
  }
  if (!way.some(({ type }) => /^(VAEEncode|Load ?Image|ImageLoad|LoadLatent|Image Load)/i.test(type))) return;
  const holder = pass.numbers.find((node) => 'denoise' in node.inputs);
  teller.strength(numberAt(graph, holder?.inputs['denoise'], 'denoise') ?? 1);
  if (way.some(({ type }) => /inpaint|noise_?mask/i.test(type))) teller.note({ kind: 'inpainting' });
}

const loader = /checkpoint|ckpt|unet|diffusion.?model|model.?loader|loader/i;
/** They only pass the model on, or set how it was trained. */
const silent = /reroute|primitive|^model ?sampling|clip|vae|bus|pipe|switch|get_|set_|any/i;

function tellModel(teller: Teller, graph: Graph, link: Link | undefined): void {
  const way = rising(graph, link, {
    skip: /^(vae|positive|negative|image|images|latent|samples|control_net)$/,
  });
  const named = way.flatMap(({ inputs }) =>
    ['ckpt_name', 'unet_name', 'model_name', 'base_ckpt_name'].map((key) => inputs[key]),
  );
  teller.model(named.find((name) => typeof name === 'string') ?? undefined);
  const loras = way.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([key, value]) => loraName(key, value)),
  );
  teller.names('lora', loras);
  const layers = way.find(({ inputs }) => 'stop_at_clip_layer' in inputs || 'clip_skip' in inputs)?.inputs;
  teller.clipSkip(layers?.['stop_at_clip_layer'] ?? layers?.['clip_skip']);
  const others = way.filter((node) => 'model' in node.inputs && !/lora/i.test(node.type));
  teller.names('part', [
    ...others.map(({ type }) => type).filter((type) => !loader.test(type) && !silent.test(type)),
  ]);
}

function loraName(key: string, value: unknown): readonly unknown[] {
  if (/^lora(_name|\d*|_\d+|_\d+_name|_name_\d+)$/i.test(key) && typeof value === 'string') return [value];
  // rgthree's Power Lora Loader keeps a record for each.
  const isRecord = typeof value === 'object' && value !== null && 'lora' in value;
  return isRecord && (value as { on?: unknown }).on !== false ? [value.lora] : [];
}
