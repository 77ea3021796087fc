import { AppError } from '../../../domain/errors.ts';

/** Stops where more comes out than was promised. Throws `file-corrupt`. */
export async function readAtMost(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  try {
    for await (const part of iterate(stream)) {
      sizeBytes += part.length;
      if (sizeBytes > maxBytes) throw new RangeError(`more than ${maxBytes} bytes`);
      parts.push(new Uint8Array(part));
    }
  } catch (cause) {
    throw new AppError('file-corrupt', 'The compressed data is damaged.', { cause });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** `for await` over a stream itself is missing in Safari. Cancels the stream when the loop is left. */
async function* iterate<T>(stream: ReadableStream<T>): AsyncGenerator<T, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
