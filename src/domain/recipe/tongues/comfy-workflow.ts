/**
 * ComfyUI's workflow, the graph as the person edits it: nodes with the values of their widgets by place, links in a list of their own.
 * Pictures that lack the graph as it ran still have this.
 */
import { isObject, listOf, parseJsonObject, type JsonObject } from '../lenient-json.ts';
import type { Graph, GraphNode } from './comfy-graph.ts';
import { flattened } from './comfy-subgraphs.ts';

const control = 'control_after_generate';

/** The widgets of ComfyUI's own nodes, in order. */
const widgets: Readonly<Record<string, readonly string[]>> = {
  KSampler: ['seed', control, 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: [
    'add_noise',
    'noise_seed',
    control,
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
    'start_at_step',
    'end_at_step',
    'return_with_leftover_noise',
  ],
  SamplerCustom: ['add_noise', 'noise_seed', control, 'cfg'],
  RandomNoise: ['noise_seed', control],
  KSamplerSelect: ['sampler_name'],
  BasicScheduler: ['scheduler', 'steps', 'denoise'],
  KarrasScheduler: ['steps', 'sigma_max', 'sigma_min', 'rho'],
  ExponentialScheduler: ['steps', 'sigma_max', 'sigma_min'],
  AlignYourStepsScheduler: ['model_type', 'steps', 'denoise'],
  CFGGuider: ['cfg'],
  CLIPTextEncode: ['text'],
  CLIPTextEncodeSDXL: [
    'width',
    'height',
    'crop_w',
    'crop_h',
    'target_width',
    'target_height',
    'text_g',
    'text_l',
  ],
  CLIPTextEncodeSDXLRefiner: ['ascore', 'width', 'height', 'text'],
  CLIPTextEncodeFlux: ['clip_l', 't5xxl', 'guidance'],
  FluxGuidance: ['guidance'],
  CLIPSetLastLayer: ['stop_at_clip_layer'],
  EmptyLatentImage: ['width', 'height', 'batch_size'],
  EmptySD3LatentImage: ['width', 'height', 'batch_size'],
  LatentUpscale: ['upscale_method', 'width', 'height', 'crop'],
  LatentUpscaleBy: ['upscale_method', 'scale_by'],
  ImageScale: ['upscale_method', 'width', 'height', 'crop'],
  CheckpointLoaderSimple: ['ckpt_name'],
  CheckpointLoader: ['config_name', 'ckpt_name'],
  UNETLoader: ['unet_name', 'weight_dtype'],
  LoraLoader: ['lora_name', 'strength_model', 'strength_clip'],
  LoraLoaderModelOnly: ['lora_name', 'strength_model'],
  ControlNetLoader: ['control_net_name'],
  ControlNetApply: ['strength'],
  ControlNetApplyAdvanced: ['strength', 'start_percent', 'end_percent'],
  LoadImage: ['image', 'upload'],
  SaveImage: ['filename_prefix'],
  StringConcatenate: ['string_a', 'string_b', 'delimiter'],
};

const bypassed = 4;
const never = 2;

/** As the graph that would run; undefined for a text that is no workflow. Never throws. */
export function graphOfWorkflow(text: string): Graph | undefined {
  const data = parseJsonObject(text);
  const { nodes, links: list } = flattened(data);
  if (nodes.length === 0) return undefined;
  const links = readLinks(list, nodes);
  const active = nodes.filter(({ mode }) => mode !== bypassed && mode !== never);
  return new Map(active.map((node) => [String(node['id']), graphNode(node, links)]));
}

type Links = ReadonlyMap<unknown, readonly [id: string, output: number]>;

function readLinks(list: readonly unknown[], nodes: readonly JsonObject[]): Links {
  const direct = new Map(
    list.map((link): [unknown, readonly [string, number]] => {
      const [id, from, slot] = Array.isArray(link)
        ? (link as unknown[])
        : isObject(link)
          ? [link['id'], link['origin_id'], link['origin_slot']]
          : [];
      return [id, [String(from), Number(slot)]];
    }),
  );
  return new Map([...direct].map(([id, source]) => [id, throughBypassed(source, direct, nodes)]));
}

/** A bypassed node hands on the input that has the type of the output. */
function throughBypassed(
  source: readonly [string, number],
  links: Links,
  nodes: readonly JsonObject[],
): readonly [string, number] {
  let at = source;
  for (let hop = 0; hop < nodes.length; hop++) {
    const node = nodes.find(({ id }) => String(id) === at[0]);
    if (node?.['mode'] !== bypassed) break;
    const output = listOf(node['outputs'])[at[1]];
    const inputs = listOf(node['inputs']).filter(isObject);
    const same = inputs.find(
      ({ type, link }) => isObject(output) && type === output['type'] && link !== null,
    );
    const next = same && links.get(same['link']);
    if (!next) break;
    at = next;
  }
  return at;
}

function graphNode(node: JsonObject, links: Links): GraphNode {
  const type = String(node['type']);
  const ports = listOf(node['inputs']).filter(isObject);
  const linked = ports.flatMap(({ name, link }) => {
    const source = links.get(link);
    return source ? [[String(name), source] as const] : [];
  });
  return {
    id: String(node['id']),
    type,
    inputs: { ...widgetValues(type, ports, node['widgets_values']), ...Object.fromEntries(linked) },
  };
}

function widgetValues(type: string, ports: readonly JsonObject[], values: unknown): JsonObject {
  if (isObject(values)) return values;
  const list = listOf(values);
  const names = (Object.hasOwn(widgets, type) ? widgets[type] : undefined) ?? portWidgets(ports, list);
  const named = Object.fromEntries(
    names.map((name, at) => [name, list[at]] as const).filter(([, value]) => value !== undefined),
  );
  // Primitives and text boxes of others hold one value.
  return names.length === 0 && list.length > 0 ? { value: list[0] } : named;
}

/** Newer workflows name their widgets; a seed has its control behind it. */
function portWidgets(ports: readonly JsonObject[], values: readonly unknown[]): readonly string[] {
  const names: string[] = [];
  for (const { widget, name } of ports) {
    if (!isObject(widget)) continue;
    names.push(String(widget['name'] ?? name));
    const next = values[names.length];
    const isControl = typeof next === 'string' && /^(fixed|increment|decrement|randomize)$/.test(next);
    if (names.at(-1)!.includes('seed') && isControl) names.push(control);
  }
  return names;
}
