import type { Extra, NamedExtra } from '../../domain/model/extra.ts';

/** A LoRA or an embedding in storage. Its bytes lie in chunks, as those of models do: private windows refuse large records. */
export interface ExtraRecord {
  readonly version: 1;
  readonly extra: Extra;
  /** Key of its content. */
  readonly content?: string;
  /** In its place, where it was kept before there were chunks for it. */
  readonly file?: Blob;
  /** Text of peft's adapter_config.json, where it came from a folder that has one. */
  readonly adapterConfig?: string;
}

export const extraPrefix = 'extra:';
export const extraKey = ({ kind, name }: NamedExtra) => `${extraPrefix}${kind}:${name}`;
