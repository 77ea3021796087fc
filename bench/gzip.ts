import { gzipSync } from 'node:zlib';

/** Kilobytes (1000 B) after gzip at its default level. */
export const gzipKb = (body: Uint8Array): number => gzipSync(body).length / 1000;
