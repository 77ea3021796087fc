/** A model of weights: readers, LoRAs and the compiler, which a model of graphs never needs and never fetches. */
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { wordsIn } from '../../domain/diffusion/prompt/own-words.ts';
import { AppError } from '../../domain/errors.ts';
import { usedExtras } from '../../domain/model/extra.ts';
import { familyOfWidth, type Embedding } from '../../domain/weights/embedding.ts';
import { compiledGraphs } from '../graphs/compiled-graphs.ts';
import type { LoraCount } from '../graphs/merged-network.ts';
import { openNetwork } from '../graphs/open-network.ts';
import type { Network } from '../../domain/weights/checkpoint.ts';
import type { ModelFiles } from '../weights/model-files.ts';
import type { Extras } from '../weights/no-extras.ts';
import { withEmbeddingWords } from './embedding-words.ts';
import type { Parts } from './model-parts.ts';
import type { Tokenizer } from './tokenizer.ts';

export async function compiledParts(files: ModelFiles, tokenizer: Tokenizer, extras: Extras): Promise<Parts> {
  const { embeddings, others, vocabularySize } = await fittingEmbeddings(files, extras);
  const counts: LoraCount[] = [];
  const source = compiledGraphs(files, embeddings, (_component, told) => counts.push(...told));
  let vaeScaling: number | null = null;
  return {
    source,
    chosenVaeScaling: () => vaeScaling,
    canEncode: true,
    canSkipLayers: true,
    tokenizer: withEmbeddingWords(tokenizer, vocabularySize, embeddings),
    useExtras: async ({ prompt, negativePrompt, vae, clipSkip = 1 }) => {
      refuseOthers(`${prompt}\n${negativePrompt}`, others);
      const { loras, unreadable } = readPromptLoras(prompt);
      if (unreadable[0] !== undefined)
        throw new AppError('bad-input', `${unreadable[0]} cannot be read.`, { field: 'prompt' });
      const used = loras.map(async ({ name, ...weights }) => ({ lora: await extras.lora(name), ...weights }));
      source.useLoras(await Promise.all(used));
      source.useClipSkip(clipSkip);
      const network = vae === undefined ? null : await extras.vae(vae);
      source.useVae(network && { name: vae!, network });
      vaeScaling = network && scalingOf(network);
      return usedExtras({ prompt, negativePrompt, ...(vae !== undefined && { vae }) }, extras.list);
    },
    takeLoraCounts: () => counts.splice(0),
    textState: () => source.textState(),
  };
}

function scalingOf({ config }: Network): number {
  const scaling = config['scaling_factor'];
  return typeof scaling === 'number' ? scaling : 1;
}

/** Those as wide as the model's own; the others are for other models. */
async function fittingEmbeddings(files: ModelFiles, extras: Extras) {
  const all = await extras.embeddings();
  if (all.length === 0) return { embeddings: [], others: [], vocabularySize: 0 };
  const quiet = { onBytes: () => undefined, signal: new AbortController().signal };
  const { tensors } = await openNetwork(files, 'text_encoder', quiet);
  const [vocabularySize = 0, width = 0] =
    tensors.get('text_model.embeddings.token_embedding.weight')?.shape ?? [];
  const fits = ({ vectors }: Embedding) => vectors.shape[1] === width;
  return { embeddings: all.filter(fits), others: all.filter((each) => !fits(each)), vocabularySize };
}

/** Read as plain words they would draw something else than was asked for. */
function refuseOthers(text: string, others: readonly Embedding[]): void {
  const [called] = wordsIn(
    text,
    others.map(({ word }) => word),
  );
  const other = others.find(({ word }) => word.toLowerCase() === called);
  if (!other) return;
  const message = `The embedding “${other.word}” is ${familyOfWidth(other.vectors.shape[1]!)}, not for this one: take the word out of the prompt, or choose a model that it is for.`;
  throw new AppError('bad-input', message, { field: 'prompt' });
}
