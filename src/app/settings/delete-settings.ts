import { isOwnKey } from '../../engine/stored-names.ts';

export function deleteSettings(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (isOwnKey(key)) storage.removeItem(key);
  }
}
