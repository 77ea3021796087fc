/** A multiple of three, so that no chunk but the last is padded; small enough to be an argument list. */
const chunkBytes = 3 * 8192;

/** Standard base64, without the `data:…,` in front. */
export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + chunkBytes)));
  }
  return text;
}

/** The other way, with or without `data:…,` in front. Null for what is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replace(/^data:[^,]*,/, '')), (unit) => unit.charCodeAt(0));
  } catch {
    return null;
  }
}
