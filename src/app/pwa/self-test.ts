/** Proves that the app works without a network, by doing it: checks every needed file, then makes a picture with the network blocked. */
import { toPlainError, type PlainError } from '../../domain/errors.ts';
import type { ModelRef } from '../../domain/model/model.ts';
import type { BuildFile, ToServiceWorker } from '../../engine/service-worker.ts';
import type { Backend, Engine } from '../../engine/protocol.ts';
import { isRuntimeOf } from './offline-plan.ts';
import { askInventory, readOfflineFiles } from './offline.ts';

export const selfChecks = ['worker', 'shell', 'model', 'runtime', 'picture'] as const;
export type SelfCheck = (typeof selfChecks)[number];

export type CheckResult =
  | { readonly outcome: 'passed' }
  /** Paths, relative to the app. */
  | { readonly outcome: 'missing'; readonly paths: readonly string[] }
  | { readonly outcome: 'failed'; readonly error: PlainError };

export interface SelfTestDeps {
  readonly container: Pick<ServiceWorkerContainer, 'controller'>;
  readonly model: ModelRef;
  readonly backend: Backend;
  /** A new worker, with nothing loaded; it is ended after the test. */
  readonly createEngine: () => Engine;
  readonly size: { readonly width: number; readonly height: number };
}

const blockMs = 120_000;
const steps = 2;

/** Tells each result as it comes. Stops at the first check that the later ones stand on. */
export async function runSelfTest(
  deps: SelfTestDeps,
  onResult: (check: SelfCheck, result: CheckResult) => void,
): Promise<void> {
  const inventory = await askInventory(deps.container).catch((error: unknown) => {
    onResult('worker', { outcome: 'failed', error: toPlainError(error) });
    return null;
  });
  if (!inventory) return;
  onResult('worker', { outcome: 'passed' });
  const { missing } = await readOfflineFiles(inventory);
  const jspi = 'Suspending' in WebAssembly;
  onResult('shell', checkFiles(missing.filter(({ kind }) => kind === 'shell')));
  onResult('model', checkFiles(missing.filter(({ kind }) => kind === 'model')));
  onResult('runtime', checkFiles(missing.filter((file) => isRuntimeOf(file, deps.backend, jspi))));
  onResult('picture', await makePicture(deps));
}

function checkFiles(missing: readonly BuildFile[]): CheckResult {
  const { href } = new URL('./', document.baseURI);
  if (missing.length === 0) return { outcome: 'passed' };
  return { outcome: 'missing', paths: missing.map(({ url }) => url.replace(href, '')) };
}

async function makePicture({
  container,
  createEngine,
  model,
  backend,
  size,
}: SelfTestDeps): Promise<CheckResult> {
  await blockNetwork(container);
  const engine = createEngine();
  try {
    const settings = {
      ...{ prompt: 'a calm beach at sunset', negativePrompt: '', steps, guidanceScale: 1, seed: 1 },
      ...{ ...size, sampler: 'model' as const },
    };
    await engine.call('generate', { model, backend, settings, count: 1 });
    return { outcome: 'passed' };
  } catch (error) {
    return { outcome: 'failed', error: toPlainError(error) };
  } finally {
    engine.terminate();
    container.controller?.postMessage({ type: 'allow-network' } satisfies ToServiceWorker);
  }
}

/** Resolves once it is blocked: what is asked for earlier could still come from there. */
function blockNetwork({ controller }: SelfTestDeps['container']): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    const message: ToServiceWorker = { type: 'block-network', forMs: blockMs };
    controller?.postMessage(message, [port2]);
  });
}
