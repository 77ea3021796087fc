/**
 * CLIP's vocab.json, which its merges.txt implies: each byte as a letter, alone and at a word's end, then every pair in its order, then the
 * two marks. https://github.com/openai/CLIP/blob/main/clip/simple_tokenizer.py
 */
export function clipVocabulary(mergesText: string): Readonly<Record<string, number>> {
  const lines = mergesText.split('\n').map((line) => line.trim());
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#version'));
  const letters = byteLetters();
  const tokens = [
    ...letters,
    ...letters.map((letter) => `${letter}</w>`),
    ...pairs.map((pair) => pair.replace(' ', '')),
    '<|startoftext|>',
    '<|endoftext|>',
  ];
  return Object.fromEntries(tokens.map((token, id) => [token, id]));
}

/** A printable letter for each byte: its own in Latin-1 where that is printable, else one of those from U+0100 on. */
function byteLetters(): readonly string[] {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const own = bytes.filter(printable).map((byte) => String.fromCharCode(byte));
  const others = bytes
    .filter((byte) => !printable(byte))
    .map((_, index) => String.fromCharCode(0x100 + index));
  return [...own, ...others];
}
