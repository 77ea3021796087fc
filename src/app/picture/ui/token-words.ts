import type { TokenCount } from '../../../engine/protocol.ts';
import type { Words } from '../../words/words.ts';

/** The line under the prompt. */
export function tokenWords({ picture }: Words, { tokens, chunks, chunkTokens }: TokenCount): string {
  if (chunks <= 1) return picture.tokens(tokens, chunkTokens);
  return picture.tokensInParts(tokens, chunks, chunkTokens);
}
