/** Pages around this one that want to use it. What speaks with them is fetched with the first. */
import type { EmbeddingDeps } from './embedding.ts';

export function listenForEmbedders(deps: EmbeddingDeps): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { type } = (event.data ?? {}) as { type?: unknown };
    const [port] = event.ports;
    if (type === 'zoetrope:connect' && port) void connect(deps, event.origin, port);
  });
}

async function connect(deps: EmbeddingDeps, origin: string, port: MessagePort): Promise<void> {
  const { connectEmbedder } = await import('./embedding.ts');
  await connectEmbedder(deps, origin, port);
}
