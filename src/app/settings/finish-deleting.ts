/** "Delete everything", and what a page that ends still writes afterwards: its film, its settings. */
import { sessionKeys } from '../../engine/stored-names.ts';
import { deleteSettings } from './delete-settings.ts';

/** Throws `storage-failed`. */
export async function deleteAndReload(scope: string): Promise<void> {
  const { deleteEverything } = await import('./delete-all.ts');
  await deleteEverything(scope);
  sessionStorage.setItem(sessionKeys.deleteAgain, 'yes');
  location.reload();
}

/** In the next page, before anything begins there. */
export function finishDeleting(): void {
  if (!wasDeleting()) return;
  deleteSettings();
  void deleteRecordsLeft();
}

function wasDeleting(): boolean {
  try {
    return sessionStorage.getItem(sessionKeys.deleteAgain) !== null;
  } catch {
    return false; // Where storage is forbidden there is nothing to delete.
  }
}

/** Seldom any; but this page may have read them already. */
async function deleteRecordsLeft(): Promise<void> {
  const { clearDatabases } = await import('../../engine/idb.ts');
  if (await clearDatabases()) location.reload();
}
