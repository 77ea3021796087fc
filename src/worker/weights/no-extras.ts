/** What the engine asks of LoRAs and embeddings, apart from the storage that holds them. */
import type { Extra, NamedExtra } from '../../domain/model/extra.ts';
import { AppError } from '../../domain/errors.ts';
import type { Network } from '../../domain/weights/checkpoint.ts';
import type { Embedding } from '../../domain/weights/embedding.ts';
import type { Lora } from '../../domain/weights/lora.ts';

export interface Extras {
  /** Changes whenever one comes or goes. */
  readonly key: string;
  readonly list: readonly Extra[];
  readonly embeddings: () => Promise<readonly Embedding[]>;
  /** Throws `bad-input` when there is none of this name. */
  readonly lora: (name: string) => Promise<Lora>;
  /** Throws `bad-input` when there is none of this name. */
  readonly vae: (name: string) => Promise<Network>;
}

const kindNames = { lora: 'LoRA', embedding: 'embedding', vae: 'VAE' } as const;

export const missingExtra = ({ kind, name }: NamedExtra) =>
  new AppError('bad-input', `There is no ${kindNames[kind]} “${name}” in this browser.`, {
    field: kind === 'vae' ? 'vae' : 'prompt',
  });

/** For a model to which nothing can be added; storage, which a page in a frame of another site may lack, is not asked. */
export const noExtras: Extras = {
  key: '',
  list: [],
  embeddings: () => Promise.resolve([]),
  lora: (name) => Promise.reject(missingExtra({ kind: 'lora', name })),
  vae: (name) => Promise.reject(missingExtra({ kind: 'vae', name })),
};
