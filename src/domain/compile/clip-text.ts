/** CLIPTextModel: the text encoders of Stable Diffusion 1 (OpenAI's) and 2 (OpenCLIP's). */
import { AppError } from '../errors.ts';
import type { Json } from '../loose-json.ts';
import { int } from '../onnx/build.ts';
import type { LowRanks } from '../weights/low-rank.ts';
import type { CompiledGraph, FloatType } from './compiled-graph.ts';
import { createGraphBuilder, type GraphBuilder, type TensorShapes, type Value } from './graph-builder.ts';
import { add, attention, gelu, layerNorm, linear } from './layers.ts';
import { numberIn } from './read-config.ts';

export interface ClipTextOptions {
  /** Layers that are left out at the end: 1 is what A1111 calls "clip skip 2". */
  readonly skippedLayers?: number;
  /** False: the last layer's states as they are. */
  readonly finalNorm?: boolean;
  readonly lowRanks?: LowRanks | undefined;
}

/**
 * How many layers are left out at the end. AUTOMATIC1111 counts from 1, diffusers (`clip_skip`) from 0. Stable Diffusion 2 uses the last layer
 * but one, and files in diffusers' form do not even have the last: there 1 and 2 are what the model does anyway, as in ComfyUI.
 */
export function skippedLayers({ hidden_act: act }: Json, clipSkip: number): number {
  return Math.max(0, clipSkip - (act === 'gelu' ? 2 : 1));
}

/** Rows that follow the vocabulary: the vectors of embeddings that a person added. */
const extraRows = 'text_model.embeddings.extra';

/** `input_ids` [1, tokens], int32 → `last_hidden_state` [1, tokens, width], float32. Throws as `compileUnet`, and `bad-input` without any layer left. */
export function compileClipText(
  json: Json,
  tensors: TensorShapes,
  floatType: FloatType,
  { skippedLayers = 0, finalNorm = true, lowRanks }: ClipTextOptions = {},
): CompiledGraph {
  const config = readConfig(json);
  const layers = config.layers - skippedLayers;
  if (layers < 1) throw tooFew(config.layers);
  const g = createGraphBuilder(tensors, floatType, lowRanks);
  const states = { ...config, mask: causalMask(g, config.tokens) };
  let x = embed(g, tensors, config);
  for (let i = 0; i < layers; i++) x = layer(g, x, `text_model.encoder.layers.${i}`, states);
  if (finalNorm) x = layerNorm(g, x, 'text_model.final_layer_norm', config.epsilon);
  g.output('last_hidden_state', x);
  return g.finish();
}

const tooFew = (layers: number) =>
  new AppError('bad-input', `This model’s text encoder has ${layers} layers: not as many can be left out.`, {
    field: 'clipSkip',
  });

type Config = ReturnType<typeof readConfig>;

function readConfig(json: Json) {
  const act = json['hidden_act'] ?? 'quick_gelu';
  if (act !== 'quick_gelu' && act !== 'gelu')
    throw new AppError('model-unsupported', `The text encoder's hidden_act is ${JSON.stringify(act)}.`);
  return {
    width: numberIn(json, 'hidden_size', 512),
    inner: numberIn(json, 'intermediate_size', 2048),
    layers: numberIn(json, 'num_hidden_layers', 12),
    heads: numberIn(json, 'num_attention_heads', 8),
    tokens: numberIn(json, 'max_position_embeddings', 77),
    epsilon: numberIn(json, 'layer_norm_eps', 1e-5),
    act,
  } as const;
}

function embed(g: GraphBuilder, tensors: TensorShapes, { width, tokens }: Config): Value {
  const table = 'text_model.embeddings.token_embedding.weight';
  const extra = tensors.get(extraRows)?.shape[0] ?? 0;
  const rows = (tensors.get(table)?.shape[0] ?? 0) + extra;
  const weight = g.weight(table, [rows, width], { followedBy: extra > 0 ? [extraRows] : [] });
  const ids = g.input('input_ids', 'int32', [1, tokens]);
  const words = g.op('Gather', [weight, ids], [1, tokens, width], { attributes: { axis: int(0) } });
  const places = g.weight('text_model.embeddings.position_embedding.weight', [1, tokens, width]);
  return add(g, words, places);
}

/** A token sees those before it. As large a number as float16 holds without becoming infinite in a sum. */
function causalMask(g: GraphBuilder, tokens: number): Value {
  const hidden = -10_000;
  const at = (i: number) => (i % tokens > Math.floor(i / tokens) ? hidden : 0);
  const values = Array.from({ length: tokens * tokens }, (_, i) => at(i));
  return g.floats(values, [1, 1, tokens, tokens]);
}

function layer(g: GraphBuilder, x: Value, tensor: string, config: Config & { readonly mask: Value }): Value {
  const { heads, mask, inner, epsilon, width } = config;
  const self = layerNorm(g, x, `${tensor}.layer_norm1`, epsilon);
  const names = projections(`${tensor}.self_attn`);
  const y = add(g, x, attention(g, self, self, { heads, names, mask }));
  const hidden = linear(g, layerNorm(g, y, `${tensor}.layer_norm2`, epsilon), `${tensor}.mlp.fc1`, inner);
  const active = config.act === 'gelu' ? gelu(g, hidden) : quickGelu(g, hidden);
  return add(g, y, linear(g, active, `${tensor}.mlp.fc2`, width));
}

const projections = (tensor: string) => ({
  q: `${tensor}.q_proj`,
  k: `${tensor}.k_proj`,
  v: `${tensor}.v_proj`,
  out: `${tensor}.out_proj`,
});

/** x · sigmoid(1.702 x). */
function quickGelu(g: GraphBuilder, x: Value): Value {
  const steeper = g.op('Mul', [x, g.floats([1.702])], x.shape);
  return g.op('Mul', [x, g.op('Sigmoid', [steeper], x.shape)], x.shape);
}
