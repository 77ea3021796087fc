/** AutoencoderTiny (TAESD): a decoder for previews and for those in a hurry. Source: diffusers' `EncoderTiny` and `DecoderTiny`. */
import type { Json } from '../loose-json.ts';
import type { PictureSize } from './autoencoder-kl.ts';
import type { CompiledGraph, FloatType } from './compiled-graph.ts';
import { createGraphBuilder, type GraphBuilder, type TensorShapes, type Value } from './graph-builder.ts';
import { add, conv, upsample } from './layers.ts';
import { listIn, mustBe, numberIn } from './read-config.ts';

/** As `compileDecoder`, and with the same input and output. */
export function compileTinyDecoder(
  json: Json,
  tensors: TensorShapes,
  { height, width }: PictureSize,
  floatType: FloatType,
): CompiledGraph {
  refuseUnknown(json);
  const channels = listIn(json, 'decoder_block_out_channels', [64, 64, 64, 64]);
  const blocks = listIn(json, 'num_decoder_blocks', [3, 3, 3, 1]);
  const g = createGraphBuilder(tensors, floatType);
  const layer = counter('decoder');
  const latents = g.input('latent_sample', 'float32', [
    1,
    numberIn(json, 'latent_channels', 4),
    height,
    width,
  ]);
  let x = softClamp(g, g.toFloats(latents));
  x = relu(g, conv(g, x, layer.next(), channels[0]!));
  layer.skip();
  channels.forEach((width, i) => {
    for (let j = 0; j < blocks[i]!; j++) x = block(g, x, layer.next(), width);
    const isLast = i === channels.length - 1;
    if (!isLast) {
      x = upsample(g, x);
      layer.skip();
    }
    x = conv(g, x, layer.next(), isLast ? numberIn(json, 'out_channels', 3) : width);
  });
  g.output('sample', shifted(g, x, 2, -1));
  return g.finish();
}

/** `sample` [1, 3, height, width] → `latents`, already scaled. Throws as `compileUnet`. */
export function compileTinyEncoder(
  json: Json,
  tensors: TensorShapes,
  { height, width }: PictureSize,
  floatType: FloatType,
): CompiledGraph {
  refuseUnknown(json);
  const channels = listIn(json, 'encoder_block_out_channels', [64, 64, 64, 64]);
  const blocks = listIn(json, 'num_encoder_blocks', [1, 3, 3, 3]);
  const g = createGraphBuilder(tensors, floatType);
  const layer = counter('encoder');
  const picture = g.input('sample', 'float32', [1, numberIn(json, 'in_channels', 3), height, width]);
  let x = shifted(g, g.toFloats(picture), 0.5, 0.5);
  channels.forEach((width, i) => {
    x = conv(g, x, layer.next(), width, { stride: i === 0 ? 1 : 2, pads: [1, 1, 1, 1] });
    for (let j = 0; j < blocks[i]!; j++) x = block(g, x, layer.next(), width);
  });
  g.output('latents', conv(g, x, layer.next(), numberIn(json, 'latent_channels', 4)));
  return g.finish();
}

function refuseUnknown(json: Json): void {
  mustBe(json, '_class_name', 'AutoencoderTiny');
  mustBe(json, 'act_fn', 'relu');
  mustBe(json, 'upsampling_scaling_factor', 2);
  mustBe(json, 'upsample_fn', 'nearest');
}

/** The layers are numbered, those without weights too. */
function counter(half: 'decoder' | 'encoder') {
  let index = 0;
  return { next: () => `${half}.layers.${index++}`, skip: () => void index++ };
}

function block(g: GraphBuilder, x: Value, tensor: string, channels: number): Value {
  let y = relu(g, conv(g, x, `${tensor}.conv.0`, channels));
  y = relu(g, conv(g, y, `${tensor}.conv.2`, channels));
  y = conv(g, y, `${tensor}.conv.4`, channels);
  const skip = g.has(`${tensor}.skip.weight`) ? conv(g, x, `${tensor}.skip`, channels, { kernel: 1 }) : x;
  return relu(g, add(g, y, skip));
}

const relu = (g: GraphBuilder, x: Value): Value => g.op('Relu', [x], x.shape);

/** 3 · tanh(x / 3). */
function softClamp(g: GraphBuilder, x: Value): Value {
  const third = g.op('Mul', [x, g.floats([1 / 3])], x.shape);
  return g.op('Mul', [g.op('Tanh', [third], x.shape), g.floats([3])], x.shape);
}

function shifted(g: GraphBuilder, x: Value, factor: number, offset: number): Value {
  return g.op('Add', [g.op('Mul', [x, g.floats([factor])], x.shape), g.floats([offset])], x.shape);
}
