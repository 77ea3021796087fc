/** What a person adds beside models: one file each, called by its name in the prompt. */
import type { ImageSettings } from '../diffusion/image-settings.ts';
import { readPromptLoras } from '../diffusion/prompt/prompt-loras.ts';
import { wordsIn } from '../diffusion/prompt/own-words.ts';

export interface Extra {
  readonly kind: ExtraKind;
  /** The file's, without its ending. */
  readonly name: string;
  /** What the file calls itself, where that is another name: A1111 calls a LoRA by it. */
  readonly alias?: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Of the file, hex: recipes name it. */
  readonly sha256: string;
  /**
   * As AUTOMATIC1111 writes it into recipes, 12 hex digits: of a LoRA of what lies behind a safetensors header, of an embedding of the file.
   * Files kept before it was known lack it.
   */
  readonly recipeHash?: string;
}

export type ExtraKind = 'lora' | 'embedding' | 'vae';

export type NamedExtra = Pick<Extra, 'kind' | 'name'>;

/** As a recipe names it. */
export interface UsedExtra extends NamedExtra {
  /** 12 hex digits; empty where it is not known. */
  readonly hash: string;
}

/** The one that a tag calls: by its file's name, else by its own, else in any case. */
export function extraNamed<T extends Extra>(
  extras: readonly T[],
  kind: ExtraKind,
  name: string,
): T | undefined {
  const own = extras.filter((extra) => extra.kind === kind);
  const lower = name.toLowerCase();
  return (
    own.find((extra) => extra.name === name) ??
    own.find((extra) => extra.alias === name) ??
    own.find((extra) => extra.name.toLowerCase() === lower || extra.alias?.toLowerCase() === lower)
  );
}

type Calling = Pick<ImageSettings, 'prompt' | 'negativePrompt' | 'vae'>;

/** What these settings call of what there is, under the names that they call it by. */
export function usedExtras(
  { prompt, negativePrompt, vae }: Calling,
  extras: readonly Extra[],
): readonly UsedExtra[] {
  const loras = readPromptLoras(prompt).loras.flatMap(({ name }) => {
    const extra = extraNamed(extras, 'lora', name);
    return extra ? [{ kind: 'lora' as const, name, hash: hashOf(extra) }] : [];
  });
  const embeddings = extras.filter(({ kind }) => kind === 'embedding');
  const words = new Set(
    wordsIn(
      `${prompt}\n${negativePrompt}`,
      embeddings.map(({ name }) => name),
    ),
  );
  const called = embeddings.filter(({ name }) => words.has(name.toLowerCase()));
  const decoder = vae === undefined ? undefined : extraNamed(extras, 'vae', vae);
  return [
    ...loras,
    ...(decoder ? [{ kind: 'vae' as const, name: decoder.name, hash: hashOf(decoder) }] : []),
    ...called.map((extra) => ({ kind: 'embedding' as const, name: extra.name, hash: hashOf(extra) })),
  ];
}

const hashOf = ({ recipeHash = '' }: Extra) => recipeHash;
