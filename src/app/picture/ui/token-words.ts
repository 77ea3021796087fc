import type { TokenCount } from '../../../engine/protocol.ts';

/** The line under the prompt. */
export function tokenWords({ tokens, chunkTokens }: TokenCount): string {
  const count = `${tokens.toLocaleString('en')} ${tokens === 1 ? 'token' : 'tokens'}`;
  if (tokens <= chunkTokens) return `${count} of ${chunkTokens}`;
  const chunks = Math.ceil(tokens / chunkTokens);
  return `${count}, read in ${chunks} parts of ${chunkTokens}`;
}
