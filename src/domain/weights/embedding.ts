/**
 * Textual inversion (Gal et al. 2022): vectors that stand for a word. The published layouts: A1111's `.pt` (`string_to_param` with `*`),
 * diffusers' `.bin` (the word is the name of the tensor), kohya's safetensors (`emb_params`), pictures (`png-embedding.ts`), one vector or many.
 */
import { AppError } from '../errors.ts';
import type { LazyTensor, Tensors, WeightFile } from './lazy-tensor.ts';

export interface Embedding {
  /** The word that calls it: the file's name without its ending. */
  readonly word: string;
  /** What the file itself calls it, where it does; other tools may answer to that. */
  readonly innerName: string | null;
  /** [vectors, width] */
  readonly vectors: LazyTensor;
}

/** Throws `model-unsupported` for embeddings of other models and files that are none, saying which. */
export function readEmbedding(fileName: string, { tensors, metadata }: WeightFile): Embedding {
  const refuse = (what: string) => new AppError('model-unsupported', `${fileName} is ${what}.`);
  if (tensors.has('clip_g') || tensors.has('clip_l')) {
    throw refuse('an embedding for Stable Diffusion XL or 3 (it has clip_l and clip_g)');
  }
  if (tensors.has('t5xxl')) throw refuse('an embedding for another family of models (it has t5xxl)');
  const candidates = [...tensors].filter(([name]) => !isBookkeeping(name));
  const [found, second] = candidates;
  if (!found) throw refuse('no embedding: it holds no vectors');
  if (second) throw refuse(`no single embedding: it holds ${found[0]} and ${second[0]}`);
  const [name, tensor] = found;
  const vectors = asRows(tensor);
  if (!vectors) throw refuse(`no embedding: ${name} has the shape ${tensor.shape.join(' × ')}`);
  return { word: wordOf(fileName), innerName: innerName(name, metadata), vectors };
}

/** Tensors that A1111 keeps beside. */
const isBookkeeping = (name: string) => /^(?:string_to_token\b|step$|optimizer)/.test(name);

function asRows(tensor: LazyTensor): LazyTensor | null {
  const { shape } = tensor;
  if (shape.length === 1) return { ...tensor, shape: [1, shape[0]!] };
  return shape.length === 2 && shape[0]! > 0 ? tensor : null;
}

function innerName(tensorName: string, metadata: ReadonlyMap<string, string>): string | null {
  const told = metadata.get('name');
  if (told !== undefined && told !== '') return told;
  return /^(?:string_to_param\.|emb_params$|\*$)/.test(tensorName) ? null : tensorName;
}

/** `Folder/My Style.pt` → `My Style` */
export function wordOf(fileName: string): string {
  const name = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return name.replace(/\.(?:safetensors|pt|bin|pth|ckpt|png)$/i, '');
}

/** The name under which a text encoder's further vectors lie: [added, width]. */
export const extraVectors = 'text_model.embeddings.extra';

/**
 * A text encoder that has the embeddings' vectors after its own: the first of `embeddings[i]` has the token id `vocabulary size + vectors of
 * those before`. Throws `model-unsupported` when one has another width, naming it.
 */
export function withEmbeddings(tensors: Tensors, embeddings: readonly Embedding[]): Tensors {
  if (embeddings.length === 0) return tensors;
  const width = tensors.get('text_model.embeddings.token_embedding.weight')?.shape[1] ?? 0;
  for (const { word, vectors } of embeddings) refuseOtherWidth(word, vectors.shape[1]!, width);
  const count = embeddings.reduce((sum, { vectors }) => sum + vectors.shape[0]!, 0);
  return new Map([
    ...tensors,
    [
      extraVectors,
      stacked(
        embeddings.map(({ vectors }) => vectors),
        [count, width],
      ),
    ],
  ]);
}

const families: Readonly<Record<number, string>> = {
  768: 'Stable Diffusion 1',
  1024: 'Stable Diffusion 2',
  1280: 'Stable Diffusion XL',
};

/** For whom an embedding is: “for Stable Diffusion 2”. */
export const familyOfWidth = (width: number) =>
  `for ${families[width] ?? `a model whose words have ${width} values`}`;

function refuseOtherWidth(word: string, found: number, width: number): void {
  if (found === width) return;
  const family = families[found];
  throw new AppError(
    'model-unsupported',
    `The embedding ${word} has vectors of ${found} values${family ? `, for ${family}` : ''}; this model’s have ${width}.`,
  );
}

function stacked(parts: readonly LazyTensor[], shape: readonly number[]): LazyTensor {
  const [count = 0, width = 0] = shape;
  return {
    dtype: 'F32',
    shape,
    float32: async () => {
      const out = new Float32Array(count * width);
      let at = 0;
      for (const part of parts) {
        const values = await part.float32();
        out.set(values, at);
        at += values.length;
      }
      return out;
    },
    float16: async () => {
      const out = new Uint16Array(count * width);
      let at = 0;
      for (const part of parts) {
        const values = await part.float16();
        out.set(values, at);
        at += values.length;
      }
      return out;
    },
  };
}
