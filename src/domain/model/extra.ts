/** What a person adds beside models: one file each, called by its name in the prompt. */
export interface Extra {
  readonly kind: ExtraKind;
  /** The file's, without its ending. */
  readonly name: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Of the file, hex: recipes name it. */
  readonly sha256: string;
  /** As AUTOMATIC1111 writes it into recipes: 12 hex digits of what lies behind a safetensors header. Files kept before it was known lack it. */
  readonly recipeHash?: string;
}

export type ExtraKind = 'lora' | 'embedding';

export type NamedExtra = Pick<Extra, 'kind' | 'name'>;
