/** Everything that this app has put on this device: databases, settings, caches, files. Other apps of the same origin keep theirs. */
import { isOwnCache, isOwnFolder } from '../../engine/stored-names.ts';
import { deleteSettings } from './delete-settings.ts';
import { clearDatabases } from '../../engine/idb.ts';

/** Throws `storage-failed`. The page has to be loaded anew afterwards. */
export async function deleteEverything(scope: string): Promise<void> {
  await clearDatabases();
  deleteSettings();
  const names = (await caches.keys()).filter((name) => isOwnCache(name, scope));
  await Promise.all(names.map((name) => caches.delete(name)));
  await deleteFiles();
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await registration?.unregister();
}

/** In the origin-private file system. */
async function deleteFiles(): Promise<void> {
  if (!('getDirectory' in navigator.storage)) return;
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) {
    if (isOwnFolder(name)) await root.removeEntry(name, { recursive: true });
  }
}
