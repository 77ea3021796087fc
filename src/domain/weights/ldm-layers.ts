/** The inverse of `ldm-unet.ts`: what CompVis' code calls the layers of a UNet, for adapters that were taken from a model in its names. */

const resnetParts: Readonly<Record<string, string>> = {
  norm1: 'in_layers.0',
  conv1: 'in_layers.2',
  time_emb_proj: 'emb_layers.1',
  norm2: 'out_layers.0',
  conv2: 'out_layers.3',
  conv_shortcut: 'skip_connection',
};

const plainPlaces: readonly Place[] = [
  ['time_embedding.linear_1', 'time_embed.0'],
  ['time_embedding.linear_2', 'time_embed.2'],
  ['time_embedding.cond_proj', 'time_embed.cond_proj'],
  ['conv_in', 'input_blocks.0.0'],
  ['conv_norm_out', 'out.0'],
  ['conv_out', 'out.2'],
  ['mid_block.resnets.0', 'middle_block.0'],
  ['mid_block.attentions.0', 'middle_block.1'],
  ['mid_block.resnets.1', 'middle_block.2'],
];

type Place = readonly [diffusers: string, ldm: string];

/** `layers`: all of a UNet, in diffusers' names and without `.weight`. Layer → CompVis' name; of another network's layers, none. */
export function ldmLayers(layers: readonly string[]): ReadonlyMap<string, string> {
  const places = [...plainPlaces, ...blockPlaces(layers)];
  const byStart = new Map(places);
  return new Map(
    layers.flatMap((layer): [string, string][] => {
      const start =
        /^(?:(?:down|up)_blocks\.\d+|mid_block)\.\w+\.\d+(?:\.conv(?=$))?/.exec(layer)?.[0] ?? layer;
      const place = byStart.get(start);
      return place === undefined ? [] : [[layer, place + inside(layer.slice(start.length))]];
    }),
  );
}

/** Parts of a ResNet have other names; those of a transformer the same. */
const inside = (rest: string) => (resnetParts[rest.slice(1)] ? `.${resnetParts[rest.slice(1)]}` : rest);

/** Numbers run through all levels, a downsampler has one of its own. */
function blockPlaces(layers: readonly string[]): readonly Place[] {
  const has = (start: string) => layers.some((layer) => layer.startsWith(`${start}.`) || layer === start);
  const places: Place[] = [];
  const walk = (way: 'down' | 'up', blocks: 'input_blocks' | 'output_blocks', first: number) => {
    let number = first;
    for (let level = 0; has(`${way}_blocks.${level}`); level++) {
      const block = `${way}_blocks.${level}`;
      for (let layer = 0; has(`${block}.resnets.${layer}`); layer++) {
        places.push([`${block}.resnets.${layer}`, `${blocks}.${number}.0`]);
        places.push([`${block}.attentions.${layer}`, `${blocks}.${number++}.1`]);
      }
      if (way === 'down') places.push([`${block}.downsamplers.0.conv`, `${blocks}.${number++}.0.op`]);
      const upsampler = has(`${block}.attentions.0`) ? 2 : 1;
      if (way === 'up')
        places.push([`${block}.upsamplers.0.conv`, `${blocks}.${number - 1}.${upsampler}.conv`]);
    }
  };
  walk('down', 'input_blocks', 1);
  walk('up', 'output_blocks', 0);
  return places;
}
