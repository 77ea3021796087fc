/**
 * The UNet of a single file: CompVis' numbered blocks → diffusers' names. The numbers run through all levels; where a level ends is told by
 * its downsampler or upsampler, so that distilled topologies need no table of their own.
 */
import type { Tensors } from './lazy-tensor.ts';
import { renamed } from './lazy-views.ts';

const resnetParts: readonly (readonly [ldm: string, diffusers: string])[] = [
  ['in_layers.0.', 'norm1.'],
  ['in_layers.2.', 'conv1.'],
  ['emb_layers.1.', 'time_emb_proj.'],
  ['out_layers.0.', 'norm2.'],
  ['out_layers.3.', 'conv2.'],
  ['skip_connection.', 'conv_shortcut.'],
  ['op.', 'conv.'],
];

const plainParts: readonly (readonly [ldm: string, diffusers: string])[] = [
  ['time_embed.0.', 'time_embedding.linear_1.'],
  ['time_embed.2.', 'time_embedding.linear_2.'],
  ['time_embed.cond_proj.', 'time_embedding.cond_proj.'],
  ['input_blocks.0.0.', 'conv_in.'],
  ['out.0.', 'conv_norm_out.'],
  ['out.2.', 'conv_out.'],
  ['middle_block.0.', 'mid_block.resnets.0.'],
  ['middle_block.1.', 'mid_block.attentions.0.'],
  ['middle_block.2.', 'mid_block.resnets.1.'],
];

/** `tensors` without `model.diffusion_model.` in front. */
export function unetFromLdm(tensors: Tensors): Tensors {
  const places = [...plainParts, ...downPlaces(tensors), ...upPlaces(tensors)];
  const byStart = new Map(places);
  return renamed(tensors, (name) => {
    const start = /^(?:(?:input|output)_blocks\.\d+\.\d+|middle_block\.\d|time_embed\.\w+|out\.\d)\./.exec(
      name,
    );
    const place = start && byStart.get(start[0]);
    return place === undefined || place === null ? null : place + resnetName(name.slice(start![0].length));
  });
}

/** Parts of a ResNet and a downsampler have other names; those of a transformer the same. */
function resnetName(rest: string): string {
  const part = resnetParts.find(([ldm]) => rest.startsWith(ldm));
  return part ? part[1] + rest.slice(part[0].length) : rest;
}

const has = (tensors: Tensors, start: string) => tensors.has(`${start}weight`);

function downPlaces(tensors: Tensors): readonly (readonly [string, string])[] {
  const places: [string, string][] = [];
  let level = 0;
  let layer = 0;
  for (let index = 1; index <= lastIndex(tensors, 'input_blocks'); index++) {
    const block = `input_blocks.${index}.`;
    if (has(tensors, `${block}0.op.`)) {
      places.push([`${block}0.`, `down_blocks.${level++}.downsamplers.0.`]);
      layer = 0;
      continue;
    }
    places.push([`${block}0.`, `down_blocks.${level}.resnets.${layer}.`]);
    places.push([`${block}1.`, `down_blocks.${level}.attentions.${layer++}.`]);
  }
  return places;
}

function upPlaces(tensors: Tensors): readonly (readonly [string, string])[] {
  const places: [string, string][] = [];
  let level = 0;
  let layer = 0;
  for (let index = 0; index <= lastIndex(tensors, 'output_blocks'); index++) {
    const block = `output_blocks.${index}.`;
    const upsampler = ['1.', '2.'].find((part) => has(tensors, `${block}${part}conv.`));
    places.push([`${block}0.`, `up_blocks.${level}.resnets.${layer}.`]);
    if (upsampler !== '1.') places.push([`${block}1.`, `up_blocks.${level}.attentions.${layer}.`]);
    layer++;
    if (upsampler !== undefined) {
      places.push([`${block}${upsampler}`, `up_blocks.${level++}.upsamplers.0.`]);
      layer = 0;
    }
  }
  return places;
}

function lastIndex(tensors: Tensors, blocks: string): number {
  const indices = [...tensors.keys()].map((name) =>
    Number(new RegExp(`^${blocks}\\.(\\d{1,3})\\.`).exec(name)?.[1] ?? -1),
  );
  return Math.max(-1, ...indices);
}
