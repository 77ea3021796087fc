export interface FileSink {
  write(data: Uint8Array<ArrayBuffer>, position: number): void;
  /** The finished file. Nothing may be written afterwards. */
  finish(type: string): Promise<Blob>;
  /** Throws away what was written. */
  discard(): Promise<void>;
}

/** Grows by half, as lists do; exact when finished. */
export function memorySink(): FileSink {
  let bytes = new Uint8Array(2 ** 20);
  let length = 0;
  return {
    write: (data, position) => {
      const end = position + data.byteLength;
      if (end > bytes.length) {
        const larger = new Uint8Array(Math.max(end, Math.ceil(bytes.length * 1.5)));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(data, position);
      length = Math.max(length, end);
    },
    finish: (type) => Promise.resolve(new Blob([bytes.subarray(0, length)], { type })),
    discard: () => {
      bytes = new Uint8Array(0);
      return Promise.resolve();
    },
  };
}
