import type { Backend } from '../../engine/protocol.ts';
import type { BuildFile } from '../../engine/service-worker.ts';

/** Which of the runtimes' `.wasm` files make pictures on this device; `jspi` is what the worker's door to ONNX Runtime asks too. */
export function isRuntimeOf(file: BuildFile, backend: Backend, jspi: boolean): boolean {
  const name = new URL(file.url).pathname.split('/').at(-1) ?? '';
  if (file.kind !== 'runtime' || !name.startsWith('ort-')) return false;
  const build = /\.(jspi|asyncify)\b/.exec(name)?.[1] ?? 'wasm';
  return build === (backend === 'wasm' ? 'wasm' : jspi ? 'jspi' : 'asyncify');
}

/** What the built-in model needs to make pictures without a network, beside the shell. */
export function neededForPictures(files: readonly BuildFile[], backend: Backend, jspi: boolean): BuildFile[] {
  return files.filter((file) => file.kind === 'model' || isRuntimeOf(file, backend, jspi));
}
