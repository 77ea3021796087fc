import { AppError } from '../errors.ts';

/** Where a file's bytes come from: memory, storage, a file on disk, a server that knows ranges. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * Exactly `lengthBytes` bytes from `offsetBytes` on, in memory that the caller may keep and change. Throws `file-corrupt` for bytes that
   * the file does not have, and as the place that they come from.
   */
  read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>>;
}

export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    read: (offsetBytes, lengthBytes) => {
      if (!isInside(offsetBytes, lengthBytes, bytes.length)) {
        return Promise.reject(outside(name, offsetBytes, lengthBytes));
      }
      // Copied: typed arrays need an aligned place, and files keep none.
      return Promise.resolve(Uint8Array.from(bytes.subarray(offsetBytes, offsetBytes + lengthBytes)));
    },
  };
}

/** Whether all three are whole numbers and the range lies in the file. */
export function isInside(offsetBytes: number, lengthBytes: number, sizeBytes: number): boolean {
  const whole = Number.isSafeInteger(offsetBytes) && Number.isSafeInteger(lengthBytes);
  return whole && offsetBytes >= 0 && lengthBytes >= 0 && offsetBytes + lengthBytes <= sizeBytes;
}

export function outside(name: string, offsetBytes: number, lengthBytes: number): AppError {
  return new AppError(
    'file-corrupt',
    `${name} has no ${lengthBytes} bytes at ${offsetBytes}: it is cut short or its table is wrong.`,
  );
}
