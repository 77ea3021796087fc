import type { HostTensor, Session, TensorInfo } from '../worker/runtime/runtime.ts';

/** A session without a graph: it notes what it is fed and answers with `answer`. */
export function stubSession(
  inputs: readonly TensorInfo[],
  answer: (feeds: Readonly<Record<string, HostTensor>>) => HostTensor,
  outputs: readonly TensorInfo[] = [{ name: 'out_sample', type: 'float32', shape: [] }],
): Session & { readonly fed: Readonly<Record<string, HostTensor>>[] } {
  const fed: Readonly<Record<string, HostTensor>>[] = [];
  return {
    inputs,
    outputs,
    fed,
    run: (feeds) => {
      fed.push(feeds);
      return Promise.resolve(answer(feeds));
    },
    release: () => Promise.resolve(),
  };
}
