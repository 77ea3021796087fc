/** Chromium takes no more in one share. */
const maxFiles = 10;
export const maxShareBytes = 50 * 1024 * 1024;

/** Whether the system has a share sheet that takes these files. */
export function canShareFiles(files: readonly File[]): boolean {
  const sizeBytes = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length === 0 || files.length > maxFiles || sizeBytes > maxShareBytes) return false;
  return 'canShare' in navigator && navigator.canShare({ files: [...files] });
}

/** False when the system refused. Closing the sheet is an answer too, not a failure. Must be called by a press of a button. */
export async function shareFiles(files: readonly File[], title: string): Promise<boolean> {
  try {
    await navigator.share({ files: [...files], title });
    return true;
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError';
  }
}
