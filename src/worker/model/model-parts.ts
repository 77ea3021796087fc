import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { UsedExtra } from '../../domain/model/extra.ts';
import type { GraphSource } from '../graphs/graph-source.ts';
import type { LoraCount } from '../graphs/merged-network.ts';
import type { Tokenizer } from './tokenizer.ts';

/** What a model's form decides: graphs, or weights to compile graphs of. */
export interface Parts {
  readonly source: GraphSource;
  readonly canEncode: boolean;
  /** False: all layers of the text encoder count, whatever the settings say. */
  readonly canSkipLayers: boolean;
  /** Knows the words of embeddings. */
  readonly tokenizer: Tokenizer;
  /**
   * From now on it draws with the LoRAs that the prompt calls, with this VAE and these layers of the text encoder; what the settings call is answered. Throws `bad-input` for what
   * is not there or does not fit, and for an embedding of another model.
   */
  readonly useExtras: (
    settings: Pick<ImageSettings, 'prompt' | 'negativePrompt' | 'vae' | 'clipSkip'>,
  ) => Promise<readonly UsedExtra[]>;
  /** Of the VAE that was chosen; null: the model's own is in use. */
  readonly chosenVaeScaling: () => number | null;
  /** What the LoRAs of the last sessions fitted, by name; forgotten once told. */
  readonly takeLoraCounts: () => readonly LoraCount[];
  /** Changes whenever the text encoder does: what it made of a prompt before is another thing then. */
  readonly textState: () => string;
}
