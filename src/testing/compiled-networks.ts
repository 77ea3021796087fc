/** One graph of each network and form that the compiler makes. */
import { compileComponent, type CompileOptions } from '../domain/compile/compile-component.ts';
import type { CompiledGraph } from '../domain/compile/compiled-graph.ts';
import type { Json } from '../domain/loose-json.ts';
import type { ModelComponent } from '../domain/model/model-file.ts';
import { readCheckpoint, type Network } from '../domain/weights/checkpoint.ts';
import type { Tensors } from '../domain/weights/lazy-tensor.ts';
import { readLora } from '../domain/weights/lora.ts';
import { besideWeights } from '../domain/weights/low-rank.ts';
import { goldenJson } from './golden.ts';
import { checkpointCases, networksOf } from './golden-checkpoints.ts';
import { goldenWeights } from './golden-weights.ts';

export interface CompiledNetwork {
  readonly name: string;
  readonly compiled: CompiledGraph;
  readonly tensors: Tensors;
  readonly inputs: readonly string[];
  readonly output: string;
}

const io: Readonly<Record<ModelComponent, { readonly inputs: readonly string[]; readonly output: string }>> =
  {
    unet: { inputs: ['sample', 'timestep', 'encoder_hidden_states'], output: 'out_sample' },
    text_encoder: { inputs: ['input_ids'], output: 'last_hidden_state' },
    vae_decoder: { inputs: ['latent_sample'], output: 'sample' },
    vae_encoder: { inputs: ['sample'], output: 'latent_parameters' },
  };
const folders = {
  unet: 'unet',
  text_encoder: 'text_encoder',
  vae_decoder: 'vae',
  vae_encoder: 'vae',
} as const;
const components = ['unet', 'text_encoder', 'vae_decoder', 'vae_encoder'] as const;

function graphsOf(
  name: string,
  component: ModelComponent,
  { config, tensors }: Network,
  options: CompileOptions = {},
): readonly CompiledNetwork[] {
  const picture = component === 'vae_encoder' ? 64 : 16;
  const shape = { batch: 2, height: picture, width: 2 * picture, tokens: 154 };
  const more = [
    ...(component === 'unet' && typeof config['time_cond_proj_dim'] === 'number' ? ['timestep_cond'] : []),
    ...(options.lowRanks ? ['lora_weights'] : []),
  ];
  const tiny = config['_class_name'] === 'AutoencoderTiny' && component === 'vae_encoder';
  return (['float32', 'float16'] as const).map((floatType) => ({
    name: `${name} ${component} ${floatType}`,
    compiled: compileComponent(component, config, tensors, shape, floatType, options),
    tensors,
    inputs: [...io[component].inputs, ...more],
    output: tiny ? 'latents' : io[component].output,
  }));
}

/** Of the checkpoints among the reference values, and the miniature with fewer layers and with LoRAs beside its weights. */
export async function compiledNetworks(): Promise<readonly CompiledNetwork[]> {
  const cases = checkpointCases('checkpoint').filter(({ expect }) => expect === 'loaded');
  const graphs = await Promise.all(
    cases.map(async (golden) => {
      const networks = await networksOf(golden);
      return components.flatMap((component) => {
        const network = networks[folders[component]];
        return network ? graphsOf(golden.id, component, network) : [];
      });
    }),
  );
  return [...graphs.flat(), ...(await miniatures())];
}

const miniature = async (folder: 'unet' | 'text_encoder'): Promise<Network> => {
  const file = folder === 'unet' ? 'diffusion_pytorch_model' : 'model';
  const name = `mini-checkpoint/${folder}/${file}.safetensors`;
  const network = (await readCheckpoint(await goldenWeights(name), name))[folder]!;
  return { ...network, config: goldenJson<Json>(`mini-checkpoint/${folder}/config.json`) };
};

async function miniatures(): Promise<readonly CompiledNetwork[]> {
  const [unet, text] = [await miniature('unet'), await miniature('text_encoder')];
  const locon = readLora('locon', await goldenWeights('checkpoints/lora/kohya-locon.safetensors'));
  const both = readLora('both', await goldenWeights('checkpoints/lora/kohya-alpha-by-layer-te.safetensors'));
  const loras = [locon, both].map((lora) => ({ lora, weight: 1 }));
  const beside = (name: string, component: 'unet' | 'text_encoder', network: Network, own: typeof loras) => {
    const { tensors, lowRanks } = besideWeights(network.tensors, component, own);
    return graphsOf(name, component, { ...network, tensors }, { lowRanks });
  };
  return [
    ...graphsOf('miniature, clip skip 2,', 'text_encoder', text, { clipSkip: 2 }),
    ...beside('miniature with two LoRAs', 'unet', unet, loras),
    ...beside('miniature with a LoRA', 'text_encoder', text, loras.slice(1)),
  ];
}
