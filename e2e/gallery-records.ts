import type { Page } from '@playwright/test';

/** Puts `count` works straight into the gallery's database, as the app stores them, newest first and with 40 different pictures. */
export async function fillGallery(page: Page, count: number): Promise<void> {
  await page.evaluate(async (total) => {
    const drawings = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const canvas = new OffscreenCanvas(256, 256);
        const context = canvas.getContext('2d')!;
        context.fillStyle = `hsl(${i * 9} 60% 50%)`;
        context.fillRect(0, 0, 256, 256);
        context.fillStyle = 'white';
        context.fillRect(i * 5, 80, 60, 60);
        const [png, webp] = await Promise.all([
          canvas.convertToBlob(),
          canvas.convertToBlob({ type: 'image/webp' }),
        ]);
        return Promise.all([png.arrayBuffer(), webp.arrayBuffer()]);
      }),
    );
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('zoetrope-gallery');
      request.onupgradeneeded = () => request.result.createObjectStore('records');
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction('records', 'readwrite');
    const records = transaction.objectStore('records');
    for (let i = 0; i < total; i++) {
      const createdAtMs = 1_800_000_000_000 - i * 1000;
      const id = `${createdAtMs.toString(36).padStart(9, '0')}-${String(i).padStart(6, '0')}`;
      const [png, bytes] = drawings[i % 40]!;
      const prompt = `picture ${i} of a ${i % 2 ? 'robot' : 'Café'}`;
      const settings = {
        ...{ prompt, negativePrompt: '', steps: 2, guidanceScale: 4, seed: 1000 + i },
        ...{ width: 256, height: 256, sampler: 'model' },
      };
      const recipe = {
        version: 1,
        kind: 'image',
        settings,
        model: { id: 'built-in', revision: 'x' },
        app: 'Zoetrope',
      };
      const facts = {
        mediaType: 'image/png',
        sizeBytes: png.byteLength,
        width: 256,
        height: 256,
        favourite: false,
      };
      records.put(
        { version: 1, id, createdAtMs, kind: 'image', text: prompt, recipe, ...facts },
        `work:${id}`,
      );
      records.put({ version: 1, mediaType: 'image/webp', bytes }, `thumbnail:${id}`);
      records.put(png, `file:${id}:0000`);
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, count);
}

export interface StoredWork {
  readonly work: Readonly<Record<'id' | 'text', string>> & {
    readonly sizeBytes: number;
    readonly favourite: boolean;
  };
  /** SHA-256 of all pieces together. */
  readonly file: string;
  readonly fileBytes: number;
  readonly thumbnail: string;
}

/** What lies in the gallery's database, byte for byte, with the keys of records that belong to no work. */
export function readGallery(page: Page): Promise<{ works: StoredWork[]; orphans: string[] }> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('zoetrope-gallery');
      request.onsuccess = () => resolve(request.result);
    });
    const store = database.transaction('records').objectStore('records');
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
    database.close();
    const records = keys.map((key, i) => [key as string, values[i] as unknown] as const);
    const hash = async (parts: ArrayBuffer[]) => {
      const bytes = await new Blob(parts).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return [
        Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
        bytes.byteLength,
      ] as const;
    };
    const works = records.filter(([key]) => key.startsWith('work:'));
    const wholes = works.map(async ([key, work]) => {
      const id = key.slice('work:'.length);
      const pieces = records.filter(([other]) => other.startsWith(`file:${id}:`));
      const small = records.find(([other]) => other === `thumbnail:${id}`)?.[1] as { bytes: ArrayBuffer };
      const [file, fileBytes] = await hash(pieces.map(([, bytes]) => bytes as ArrayBuffer));
      const [thumbnail] = await hash([small.bytes]);
      return { work: work as StoredWork['work'], file, fileBytes, thumbnail };
    });
    const owned = new Set(works.map(([key]) => key.slice('work:'.length)));
    const orphans = records
      .map(([key]) => key)
      .filter((key) => key !== 'bin' && !owned.has(key.split(':')[1]!));
    return { works: await Promise.all(wholes), orphans };
  });
}
