/**
 * ComfyUI writes the graph that ran as JSON under `prompt`, and the picture of it that the person edits under `workflow`. Who made the
 * picture is found by following the links from where it was saved.
 */
import type { CarriedText } from '../carried.ts';
import type { RestoredSettings } from '../told.ts';
import { createTeller, toNumber, type Teller } from '../told.ts';
import { drawsSeveral, passesOf, type Pass } from './comfy-passes.ts';
import { linkOf, numberAt, readGraph, rising, valueAt, type Graph, type GraphNode } from './comfy-graph.ts';
import { tellConditioning } from './comfy-text.ts';
import { graphOfWorkflow } from './comfy-workflow.ts';

export function readComfy(texts: readonly CarriedText[]): RestoredSettings | null {
  const candidates = texts.map(({ text }) => withoutKeyword(text)).filter((text) => /^\s*"?\{/.test(text));
  for (const read of [readGraph, graphOfWorkflow]) {
    for (const text of candidates) {
      const graph = read(text);
      const told = graph && tellGraph(graph);
      if (told) return told;
    }
  }
  return null;
}

/** Whether there is a graph, also one in which nothing is known that draws. */
export const hasGraph = (texts: readonly CarriedText[]): boolean =>
  texts
    .map(({ text }) => withoutKeyword(text))
    .some((text) => readGraph(text) !== undefined || graphOfWorkflow(text) !== undefined);

/** In Exif fields the JSON comes behind its name: `prompt:{…}`. */
const withoutKeyword = (text: string) => text.replace(/^\s*(prompt|workflow)\s*:\s*(?=\{)/i, '');

/** Null when nothing in it draws. */
function tellGraph(graph: Graph): RestoredSettings | null {
  const passes = passesOf(graph);
  const pass = passes.at(-1);
  if (!pass) return null;
  const teller = createTeller('ComfyUI');
  if (passes.length > 1) teller.note({ kind: 'second-pass', how: passes[0]!.node.type });
  if (drawsSeveral(graph)) teller.note({ kind: 'several' });
  tellConditioning(teller, graph, pass);
  tellSampling(teller, graph, pass);
  tellLatent(teller, graph, pass);
  tellModel(teller, graph, pass);
  return teller.done();
}

function tellSampling(teller: Teller, graph: Graph, { numbers, sampler, sigmas }: Pass): void {
  const number = (name: string) => {
    const holder = numbers.find((node) => name in node.inputs);
    return holder && numberAt(graph, holder.inputs[name], name);
  };
  teller.steps(number('steps') ?? number('steps_total'));
  teller.guidance(number('cfg') ?? number('guidance') ?? unguided(numbers));
  teller.seed(number('seed') ?? number('noise_seed'));
  teller.noise('torch-cpu');
  teller.sampler(samplerOf(graph, sampler), scheduleOf(graph, sigmas));
}

/** A guider without a negative prompt guides by nothing. */
const unguided = (numbers: Pass['numbers']) =>
  numbers.some(({ type }) => /^BasicGuider$/i.test(type)) ? 1 : undefined;

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
  tellSize(teller, graph, way);
  if (!way.some(({ type }) => /^(VAEEncode|Load ?Image|ImageLoad|LoadLatent|Image Load)/i.test(type))) return;
  teller.strength(strengthOf(graph, pass));
  if (way.some(({ type }) => /inpaint|noise_?mask/i.test(type))) teller.note({ kind: 'inpainting' });
}

function strengthOf(graph: Graph, { numbers }: Pass): unknown {
  const holder = numbers.find(({ inputs }) => 'denoise' in inputs || 'start_at_step' in inputs);
  const [start, steps] = ['start_at_step', 'steps'].map((name) =>
    toNumber(numberAt(graph, holder?.inputs[name], name)),
  );
  if (start !== undefined && steps !== undefined && steps > 0) return 1 - start / steps;
  return numberAt(graph, holder?.inputs['denoise'], 'denoise') ?? 1;
}

const sizePairs = [
  ['width', 'height'],
  ['empty_latent_width', 'empty_latent_height'],
] as const;

/** Of the empty latent, or of what it was scaled to. */
function tellSize(teller: Teller, graph: Graph, way: readonly GraphNode[]): void {
  for (const node of way) {
    const listed = listedSize(node);
    if (listed) return teller.size(...listed);
    const pair = sizePairs.find((names) => names.every((name) => name in node.inputs));
    if (!pair) continue;
    const [width, height] = pair.map((name, side) => {
      const from = graph.get(linkOf(node.inputs[name])?.id ?? '');
      return (
        (from && listedSize(from)?.[side]) ??
        numberAt(graph, node.inputs[name], side === 0 ? 'width' : 'height')
      );
    });
    return teller.size(width, height);
  }
}

/** Chosen from a list: `SDXL - 3:2 landscape 1216x832`, `512 x 768`; what stands beside it then does not count. */
function listedSize({ inputs }: GraphNode): readonly [string, string] | undefined {
  const said = ['resolution', 'dimensions', 'aspect_ratio', 'preset'].map((name) => inputs[name]);
  const match = said
    .map((text) => /(\d{2,5})\s*[x×]\s*(\d{2,5})/.exec(String(text)))
    .find((found) => found !== null);
  if (!match) return undefined;
  const swapped = /^(on|true|enable)/i.test(String(inputs['swap_dimensions']));
  return swapped ? [match[2]!, match[1]!] : [match[1]!, match[2]!];
}

const loader = /checkpoint|ckpt|unet|diffusion.?model|model.?loader|loader/i;
/** They only pass the model on, or set how it was trained. */
const silent = /reroute|primitive|^model ?sampling|clip|vae|bus|pipe|switch|get_|set_|any/i;

function tellModel(teller: Teller, graph: Graph, pass: Pass): void {
  const way = rising(graph, pass.model, {
    skip: /^(vae|positive|negative|image|images|latent|samples|control_net)$/,
  });
  const named = way.flatMap(({ inputs }) =>
    ['ckpt_name', 'unet_name', 'model_name', 'base_ckpt_name'].map((key) => inputs[key]),
  );
  teller.model(named.find((name) => typeof name === 'string') ?? undefined);
  // The text encoder's own way: LoRAs, and layers that are left out.
  const texts = rising(graph, pass.positive, {
    skip: /^(image|images|vae|control_net|pixels|mask|latent|model)$/,
  });
  const loras = [...way, ...texts].flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([key, value]) => (isOff(inputs, key) ? [] : loraName(key, value))),
  );
  teller.names('lora', loras);
  const layers = [...way, ...texts].find(
    ({ inputs }) => 'stop_at_clip_layer' in inputs || 'clip_skip' in inputs,
  )?.inputs;
  teller.clipSkip(layers?.['stop_at_clip_layer'] ?? layers?.['clip_skip']);
  const others = way.filter((node) => 'model' in node.inputs && !/lora/i.test(node.type));
  teller.names('part', [
    ...others.map(({ type }) => type).filter((type) => !loader.test(type) && !silent.test(type)),
  ]);
}

/** `switch_2: Off` beside `lora_name_2`. */
const isOff = (inputs: GraphNode['inputs'], key: string) => {
  const place = /_(\d+)$/.exec(key)?.[1];
  return place !== undefined && /^off$/i.test(String(inputs[`switch_${place}`]));
};

function loraName(key: string, value: unknown): readonly unknown[] {
  if (/^lora(_name|\d*|_\d+|_\d+_name|_name_\d+)$/i.test(key) && typeof value === 'string') return [value];
  // rgthree's Power Lora Loader keeps a record for each.
  const isRecord = typeof value === 'object' && value !== null && 'lora' in value;
  return isRecord && (value as { on?: unknown }).on !== false ? [value.lora] : [];
}
