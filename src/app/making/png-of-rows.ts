/** A PNG that is written while its rows come: of a large picture neither the pixels nor the stream lie in memory as one. */
import { makeChunk } from '../../domain/recipe/png-chunks.ts';
import { createRowFilter, pngEnd, pngHead } from '../../domain/recipe/png-encode.ts';
import { recipeChunks } from '../../domain/recipe/png.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { PngOfRows, Size } from './making-context.ts';

export function pngOfRows(size: Size, recipe: ImageRecipe | null): PngOfRows {
  const filter = createRowFilter(size.width);
  const { readable, writable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const chunks = chunksOf(readable);
  // Told by `file`, which waits for it.
  chunks.catch(() => undefined);
  let written: Promise<void> = Promise.resolve();
  return {
    add: ({ data }) => {
      written = writer.write(filter(data));
      written.catch(() => undefined);
    },
    file: async () => {
      await written;
      await writer.close();
      const parts = [pngHead(size), ...recipeChunks(recipe), ...(await chunks), pngEnd()];
      return new Blob(parts, { type: 'image/png' });
    },
  };
}

/** Each part goes into a Blob at once, which browsers may keep on disk. */
async function chunksOf(zlib: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<readonly Blob[]> {
  const chunks: Blob[] = [];
  const reader = zlib.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(new Blob([makeChunk('IDAT', value)]));
  }
}
