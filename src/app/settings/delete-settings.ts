/** All keys of the page's storage begin with this. */
export const settingsPrefix = 'zoetrope:';

export function deleteSettings(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith(settingsPrefix)) storage.removeItem(key);
  }
}
