import type { TokenCount } from '../../../engine/protocol.ts';
import type { Words } from '../../words/words.ts';

/** The line under the prompt. */
export function tokenWords({ picture }: Words, { tokens, chunkTokens }: TokenCount): string {
  if (tokens <= chunkTokens) return picture.tokens(tokens, chunkTokens);
  return picture.tokensInParts(tokens, Math.ceil(tokens / chunkTokens), chunkTokens);
}
