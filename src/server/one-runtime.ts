import type { Plugin } from 'vite';

const emptyId = '\0zoetrope:no-runtime';

/**
 * @huggingface/transformers imports an ONNX Runtime of its own, which its tokenizer never uses: an override in package.json puts an empty
 * package in its place, and this answers for the entry points that the empty package does not have.
 */
export function oneRuntime(): Plugin {
  return {
    name: 'zoetrope:one-runtime',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id.startsWith('onnxruntime-web') && importer?.includes('@huggingface/transformers') ? emptyId : null,
    load: (id) => (id === emptyId ? 'export {};' : null),
  };
}
