/** ComfyUI writes the graph that ran as JSON: node id → { class_type, inputs }, where an input may be a link [node id, output]. */
import * as z from 'zod/mini';
import type { RestoredSettings } from './parameters.ts';
import { samplerFromName } from './sampler-names.ts';
import type { ImageSettings } from './settings.ts';

const graphSchema = z.record(
  z.string(),
  z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);

type Graph = z.infer<typeof graphSchema>;
type Inputs = Graph[string]['inputs'];

const maxLinks = 20;

/** What the graph's first sampler node tells; null when the text is no such graph. Never throws. */
export function settingsFromComfyGraph(json: string): RestoredSettings | null {
  const graph = readGraph(json);
  const nodes = Object.values(graph ?? {});
  const sampler = nodes.find((node) => /^KSampler(Advanced)?$/.test(node.class_type))?.inputs;
  if (!graph || !sampler) return null;
  const checkpoint = nodes.find((node) => 'ckpt_name' in node.inputs)?.inputs['ckpt_name'];
  return {
    settings: {
      ...text('prompt', follow(graph, sampler['positive'], 'text')),
      ...text('negativePrompt', follow(graph, sampler['negative'], 'text')),
      ...whole('steps', sampler['steps'], 1, 150),
      ...whole('seed', sampler['seed'] ?? sampler['noise_seed'], 0, Number.MAX_SAFE_INTEGER),
      ...guidance(sampler['cfg']),
      ...whole('width', follow(graph, sampler['latent_image'], 'width'), 1, 16_384),
      ...whole('height', follow(graph, sampler['latent_image'], 'height'), 1, 16_384),
      ...samplerOf(sampler),
    },
    ...(typeof checkpoint === 'string' ? { modelName: checkpoint } : {}),
  };
}

function readGraph(json: string): Graph | undefined {
  try {
    return graphSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined; // Not JSON: a plain text under the keyword `prompt`.
  }
}

/** The value of `name` on the node that `link` leads to, or on one further up the same way. */
function follow(graph: Graph, link: unknown, name: string): unknown {
  let value = link;
  for (let hop = 0; hop < maxLinks && Array.isArray(value); hop++) {
    const inputs: Inputs | undefined = graph[String(value[0])]?.inputs;
    value = inputs?.[name] ?? Object.values(inputs ?? {}).find(Array.isArray);
  }
  return value;
}

function samplerOf(inputs: Inputs): Partial<ImageSettings> {
  const { sampler_name: name, scheduler } = inputs;
  if (typeof name !== 'string') return {};
  const sampler = samplerFromName(name, typeof scheduler === 'string' ? scheduler : undefined);
  return sampler === undefined ? {} : { sampler };
}

function guidance(value: unknown): Partial<ImageSettings> {
  return typeof value === 'number' && value >= 0 && value <= 1000 ? { guidanceScale: value } : {};
}

function text(key: 'prompt' | 'negativePrompt', value: unknown): Partial<ImageSettings> {
  return typeof value === 'string' ? { [key]: value } : {};
}

function whole(
  key: 'steps' | 'seed' | 'width' | 'height',
  value: unknown,
  least: number,
  most: number,
): Partial<ImageSettings> {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  return fits ? { [key]: value } : {};
}
