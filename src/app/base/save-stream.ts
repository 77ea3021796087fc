import { saveFile } from './save-file.ts';

interface SavePicker {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}

/**
 * Straight to disk where the browser can, so that a large zip never lies in memory; else through the downloads. Rejects with an
 * `AbortError` when the person closes the dialog, and with what the stream rejects with.
 */
export async function saveStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  name: string,
  /** What kind of file it is, in the person's language. */
  kind: string,
): Promise<void> {
  const page = window as SavePicker;
  if (!page.showSaveFilePicker) return saveFile(await new Response(stream).blob(), name);
  const handle = await page.showSaveFilePicker({
    suggestedName: name,
    types: [{ description: kind, accept: { 'application/zip': ['.zip'] } }],
  });
  await stream.pipeTo(await handle.createWritable());
}
