/** What the app's own graphs give for the inputs of golden/checkpoints. */
import { compileClipText, type ClipTextOptions } from '../domain/compile/clip-text.ts';
import type { ModelComponent } from '../domain/model/model-file.ts';
import type { Network } from '../domain/weights/checkpoint.ts';
import { fillGraph } from '../worker/graphs/fill-graph.ts';
import { openRuntime } from '../worker/runtime/ort.ts';
import type { HostTensor } from '../worker/runtime/runtime.ts';
import { answer, compiledSession, float32, withWeights, type Beside } from './compiled-session.ts';
import type { GoldenArray, Networks } from './golden-checkpoints.ts';

/** Perhaps with LoRAs. */
export type TestNetwork = Network & { readonly beside?: Beside };

export type TestNetworks = { readonly [part in keyof Networks]: TestNetwork | null };

type Arrays = ReadonlyMap<string, GoldenArray>;

/** `key`: of an output, `sd1/unet/out`. Null for a key that names an input. */
export function networkOutput(
  networks: TestNetworks,
  key: string,
  arrays: Arrays,
): Promise<Float32Array> | null {
  const name = key.split('/').at(-1)!;
  const prefix = key.slice(0, -name.length);
  // An input of the case's own, or one that cases share.
  const input = (path: string, short: string): GoldenArray => {
    const found = arrays.get(`${prefix}${short}`) ?? arrays.get(`${path}/${short}`);
    if (!found) throw new Error(`${key} has no input ${short}`);
    return found;
  };
  const { vae } = networks;
  switch (name) {
    case 'out':
      return unetOutput(networks.unet!, arrays, prefix, (short) => input('unet', short));
    case 'decoded':
      return picture(vae!, 'vae_decoder', 'latent_sample', input('vae', 'latents'));
    case 'encoded':
      return picture(vae!, 'vae_encoder', 'sample', input('vae', 'image'));
    case 'mean':
      return half(vae!, input('vae', 'image'), 0);
    case 'logvar':
      return half(vae!, input('vae', 'image'), 1);
    case 'last_hidden_state':
      return textOutput(networks.text_encoder!, (short) => input('text', short));
    case 'hidden_minus_2':
      return textOutput(networks.text_encoder!, (short) => input('text', short), {
        skippedLayers: 1,
        finalNorm: false,
      });
    case 'hidden_minus_2_normed':
      return textOutput(networks.text_encoder!, (short) => input('text', short), { skippedLayers: 1 });
    default:
      return null;
  }
}

type Input = (short: string) => GoldenArray;

/** One sample after the other: each has its own timestep. */
async function unetOutput(
  unet: TestNetwork,
  arrays: Arrays,
  prefix: string,
  input: Input,
): Promise<Float32Array> {
  const sample = input('sample');
  const [batch = 1, , height = 0, width = 0] = sample.shape;
  const prompt = input('encoder_hidden_states');
  const tokens = prompt.shape[1]!;
  const session = await compiledSession({ component: 'unet', ...unet }, { height, width, tokens });
  const guidance = arrays.get(`${prefix}timestep_cond`);
  const timesteps = input('timestep').data;
  const parts: number[] = [];
  for (let i = 0; i < batch; i++) {
    const timestep = Float32Array.of(timesteps[i] ?? timesteps[0]!);
    const feeds = {
      sample: row(sample, i),
      timestep: { type: 'float32', dims: [1], data: timestep },
      encoder_hidden_states: row(prompt, i),
      ...(guidance && { timestep_cond: row(guidance, i) }),
    };
    const { data } = await session.run(feeds, 'out_sample');
    parts.push(...(data as Float32Array));
  }
  await session.release();
  return Float32Array.from(parts);
}

function row({ shape, data }: GoldenArray, i: number): HostTensor {
  const size = data.length / shape[0]!;
  return { type: 'float32', dims: [1, ...shape.slice(1)], data: data.slice(i * size, (i + 1) * size) };
}

async function picture(
  vae: Network,
  component: ModelComponent,
  name: string,
  input: GoldenArray,
): Promise<Float32Array> {
  const [, , height = 0, width = 0] = input.shape;
  const session = await compiledSession({ component, ...vae }, { height, width });
  return answer(session, { [name]: float32(input) });
}

async function half(vae: Network, image: GoldenArray, index: 0 | 1): Promise<Float32Array> {
  const both = await picture(vae, 'vae_encoder', 'sample', image);
  return both.slice((index * both.length) / 2, ((index + 1) * both.length) / 2);
}

async function textOutput(
  text: TestNetwork,
  input: Input,
  options: ClipTextOptions = {},
): Promise<Float32Array> {
  const ids = input(text.config['pad_token_id'] === 0 ? 'input_ids_pad0' : 'input_ids');
  return encodeText(text, [...ids.data], options);
}

export async function encodeText(
  { config, tensors, beside }: TestNetwork,
  ids: readonly number[],
  options: ClipTextOptions = {},
): Promise<Float32Array> {
  const compiled = compileClipText(config, tensors, 'float32', { ...options, lowRanks: beside?.lowRanks });
  const runtime = await openRuntime('wasm', 1);
  const made = await runtime.createSession((await fillGraph(compiled, tensors)).graph);
  const session = beside ? withWeights(made, beside) : made;
  return answer(session, { input_ids: { type: 'int32', dims: [1, ids.length], data: Int32Array.from(ids) } });
}
