/** `random` gives 0 ≤ x < 1. 32 bits: what other programs can take too. */
export const drawSeed = (random: () => number) => Math.floor(random() * 2 ** 32);

/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` is missing over plain http, as from another machine of the network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
