/** CLIP's tokenizer in the form of a tokenizer.json, for the many models that ship only vocab.json and merges.txt. */

const endOfText = '<|endoftext|>';
const startOfText = '<|startoftext|>';

/**
 * `vocabText` is vocab.json, `mergesText` merges.txt ("#version" line, then one pair a line).
 * The rules are those of transformers' CLIPTokenizer: NFC, white space to one blank, lower case, then byte-level BPE with `</w>`.
 */
export function clipTokenizerJson(vocabText: string, mergesText: string): Readonly<Record<string, unknown>> {
  const vocab = JSON.parse(vocabText) as Readonly<Record<string, number>>;
  const added = [startOfText, endOfText].flatMap((content) =>
    vocab[content] === undefined ? [] : [specialToken(vocab[content], content)],
  );
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: wordPattern }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: endOfText,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      byte_fallback: false,
      vocab,
      merges: readMerges(mergesText),
    },
  };
}

const wordPattern = `<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+`;

const specialToken = (id: number, content: string) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

function readMerges(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').map((line) => line.trim());
  const pairs = lines[0]?.startsWith('#version') ? lines.slice(1) : lines;
  return pairs.filter((line) => line !== '').map((line) => line.split(' '));
}
