export interface Disposable {
  dispose(): void;
}

/** How many owned tensors are alive in this thread: a test proves that it comes back to 0. */
export const tensorCount = { live: 0 };

/** Disposes whatever `work` has put in with `own`, also when it throws. */
export async function tensorScope<T>(
  work: (own: <D extends Disposable>(tensor: D) => D) => Promise<T>,
): Promise<T> {
  const owned: Disposable[] = [];
  const own = <D extends Disposable>(tensor: D): D => {
    owned.push(tensor);
    tensorCount.live += 1;
    return tensor;
  };
  try {
    return await work(own);
  } finally {
    for (const tensor of owned) {
      tensor.dispose();
      tensorCount.live -= 1;
    }
  }
}
