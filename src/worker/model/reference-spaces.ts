/**
 * `\s` of the reference's regular expressions (Rust, Unicode's White_Space) is not JavaScript's, which has U+FEFF in it and lacks U+0085. The
 * tokenizer's library runs the patterns of a tokenizer.json as they are, and has one of its own in ByteLevel: prompts with a byte order mark
 * in them would have other tokens than elsewhere.
 */
type Json = Readonly<Record<string, unknown>>;

const spaces = '\\t-\\r\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** GPT-2's, which ByteLevel splits by unless it is told not to. https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/pre_tokenizers/byte_level.rs */
const byteLevelPattern = `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+`;

export function withReferenceSpaces(tokenizerJson: Json): Json {
  const { normalizer, pre_tokenizer: splitting } = tokenizerJson;
  return {
    ...tokenizerJson,
    ...(normalizer ? { normalizer: spelledOut(normalizer) } : {}),
    ...(splitting ? { pre_tokenizer: spelledOut(withOwnSplit(splitting as Json)) } : {}),
  };
}

function withOwnSplit(step: Json): Json {
  const { type, pretokenizers } = step;
  if (type === 'Sequence') return { ...step, pretokenizers: (pretokenizers as Json[]).map(withOwnSplit) };
  if (type !== 'ByteLevel' || step['use_regex'] === false) return step;
  const split = {
    type: 'Split',
    pattern: { Regex: byteLevelPattern },
    behavior: 'Isolated',
    invert: false,
  };
  return { type: 'Sequence', pretokenizers: [split, { ...step, use_regex: false }] };
}

function spelledOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelledOut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'Regex' && typeof inner === 'string' ? withSpaces(inner) : spelledOut(inner),
    ]),
  );
}

/** Inside of brackets the characters stand as they are. */
function withSpaces(pattern: string): string {
  let inBrackets = false;
  return pattern.replaceAll(/\\.|\[|\]/gs, (part) => {
    if (part === '[') inBrackets = true;
    if (part === ']') inBrackets = false;
    if (part === '\\s') return inBrackets ? spaces : `[${spaces}]`;
    return part === '\\S' && !inBrackets ? `[^${spaces}]` : part;
  });
}
