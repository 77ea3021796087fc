/** The only door to @huggingface/transformers, of which the engine uses the tokenizer. */
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { AppError } from '../../domain/errors.ts';
import { clipVocabulary } from '../../domain/diffusion/prompt/clip-vocabulary.ts';
import { clipTokenizerJson } from './clip-tokenizer-json.ts';
import { withReferenceSpaces } from './reference-spaces.ts';
import type { ModelFiles } from '../weights/model-files.ts';

export interface Tokenizer {
  /** Token ids of the text alone, without BOS and EOS, however many. */
  encode(text: string): readonly number[];
  readonly bosId: number;
  readonly eosId: number;
  /** What the model fills up with: EOS in Stable Diffusion 1, 0 (`!`) in 2. */
  readonly padId: number;
  /** Ids that the text encoder reads at once, BOS and EOS included: 77 for CLIP. */
  readonly maxTokens: number;
}

/**
 * Reads `tokenizer/tokenizer.json`, or `vocab.json` and `merges.txt` where that is missing; CLIP's numbers where there is only the latter. Throws `model-incomplete` without either,
 * `file-corrupt` where they cannot be understood, and as `ModelFiles`.
 */
export async function loadTokenizer(files: ModelFiles): Promise<Tokenizer> {
  const [tokenizer, ...configs] = await Promise.all([
    readTokenizerJson(files),
    readJson(files, 'tokenizer_config'),
    readJson(files, 'special_tokens_map'),
  ]);
  const config = { ...configs[0], ...configs[1] };
  try {
    return createTokenizer(tokenizer, config);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('file-corrupt', "The model's tokenizer cannot be understood.", { cause });
  }
}

type Json = Readonly<Record<string, unknown>>;

function createTokenizer(tokenizerJson: Json, config: Json): Tokenizer {
  const token = (name: string) => contentOf(config[name]);
  const bos = token('bos_token') ?? '<|startoftext|>';
  const eos = token('eos_token') ?? '<|endoftext|>';
  const pad = token('pad_token') ?? eos;
  // Only plain names: the library refuses some of the forms in which these files describe a token.
  const names = { bos_token: bos, eos_token: eos, pad_token: pad, unk_token: token('unk_token') ?? eos };
  const inner = new PreTrainedTokenizer(withReferenceSpaces(tokenizerJson), {
    ...names,
    tokenizer_class: 'CLIPTokenizer',
  });
  const idOf = (name: string): number => {
    const id: unknown = inner.convert_tokens_to_ids(name);
    if (typeof id !== 'number') throw new AppError('file-corrupt', `The vocabulary has no token ${name}.`);
    return id;
  };
  return {
    encode: (text) => inner.encode(text, { add_special_tokens: false }),
    bosId: idOf(bos),
    eosId: idOf(eos),
    padId: idOf(pad),
    maxTokens: maxTokens(config['model_max_length']),
  };
}

/** Where a tokenizer has no limit of its own, its file says 10^30. */
const maxTokens = (value: unknown) => (typeof value === 'number' && value > 2 && value < 1e6 ? value : 77);

/** A token is its text, or an object that holds it. */
function contentOf(token: unknown): string | null {
  if (typeof token === 'string') return token;
  const content = (token as { content?: unknown } | null | undefined)?.content;
  return typeof content === 'string' ? content : null;
}

async function readTokenizerJson(files: ModelFiles): Promise<Json> {
  const ready = await readJson(files, 'tokenizer');
  if (Object.keys(ready).length > 0) return ready;
  const has = (path: string) => files.list().some((file) => file.path === path);
  if (!has('tokenizer/merges.txt'))
    throw new AppError(
      'model-incomplete',
      'The model has neither tokenizer.json nor vocab.json and merges.txt.',
    );
  const merges = await files.readText('tokenizer/merges.txt');
  const vocab = has('tokenizer/vocab.json')
    ? await files.readText('tokenizer/vocab.json')
    : JSON.stringify(clipVocabulary(merges));
  return parse(() => clipTokenizerJson(vocab, merges), 'vocab.json');
}

async function readJson(files: ModelFiles, name: string): Promise<Json> {
  const path = `tokenizer/${name}.json`;
  if (!files.list().some((file) => file.path === path)) return {};
  const text = await files.readText(path);
  return parse(() => JSON.parse(text) as Json, path);
}

function parse(read: () => Json, path: string): Json {
  try {
    return read();
  } catch (cause) {
    throw new AppError('file-corrupt', `${path} is not JSON.`, { cause });
  }
}
