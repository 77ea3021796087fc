export interface BodyStream {
  readonly stream: ReadableStream<Uint8Array>;
  add(part: string | Blob): void;
  /** Not whole: the reader sees that it broke off. */
  end(whole: boolean): void;
}

/** A body of texts and files as they come, read no faster than it is taken. `onCancel`: whoever took it went away. */
export function bodyStream(onCancel: () => void): BodyStream {
  const parts = partQueue();
  const bytes = bytesOf(parts.take);
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: onCancel,
  });
  return { stream, add: parts.add, end: parts.end };
}

async function* bytesOf(take: () => Promise<Blob | null>): AsyncGenerator<Uint8Array, void> {
  for (let part = await take(); part; part = await take()) {
    const reader = part.stream().getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  }
}

function partQueue() {
  const waiting: (() => Promise<Blob | null>)[] = [];
  let wake: () => void = () => undefined;
  const put = (part: () => Promise<Blob | null>) => {
    waiting.push(part);
    wake();
  };
  return {
    add: (part: string | Blob) => put(() => Promise.resolve(new Blob([part]))),
    end: (whole: boolean) =>
      put(() => (whole ? Promise.resolve(null) : Promise.reject(new TypeError('The body broke off.')))),
    /** Null at the end. */
    take: async (): Promise<Blob | null> => {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return waiting.shift()!();
    },
  };
}
