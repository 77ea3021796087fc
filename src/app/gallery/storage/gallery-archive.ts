/** The gallery as one zip file: `gallery.json` tells which file belongs to which work; the files have names for people. */
import { AppError, toPlainError, type PlainError } from '../../../domain/errors.ts';
import { slug } from '../../../domain/recipe/file-name.ts';
import { readWork, type Work } from '../../../domain/recipe/work.ts';
import type { Gallery } from './gallery.ts';
import { openZip, zipStream, type ZipFile, type ZipSource } from '../../base/storage/zip.ts';

interface ManifestEntry {
  readonly work: Work;
  readonly file: string;
  readonly thumbnail: string | null;
}

const manifestName = 'gallery.json';
const manifestVersion = 1;

/** `onWork` is told the number of works that are in the stream. */
export function exportGallery(
  gallery: Gallery,
  works: readonly Work[],
  onWork: (done: number) => void = () => undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return zipStream(sources(gallery, works, onWork));
}

async function* sources(
  gallery: Gallery,
  works: readonly Work[],
  onWork: (done: number) => void,
): AsyncGenerator<ZipSource, void> {
  const entries: ManifestEntry[] = [];
  for (const work of works) {
    const file = `${fileFolder(work)}/${archiveName(work)}`;
    const thumbnail = `thumbnails/${work.id}`;
    const [picture] = await gallery.thumbnails([work.id]);
    yield { name: file, data: await gallery.file(work.id) };
    if (picture) yield { name: thumbnail, data: picture };
    entries.push({ work, file, thumbnail: picture ? thumbnail : null });
    onWork(entries.length);
  }
  const manifest = JSON.stringify({ version: manifestVersion, works: entries });
  yield { name: manifestName, data: new Blob([manifest]) };
}

const fileFolder = ({ kind }: Work) => (kind === 'image' ? 'pictures' : 'films');

/** `2026-11-22-a-cute-robot-0mi….png`: sorts by time, and the id makes it the only one of its name. */
function archiveName({ id, createdAtMs, text, mediaType }: Work): string {
  const day = new Date(createdAtMs).toISOString().slice(0, 10);
  return [day, slug(text), id].filter((part) => part !== '').join('-') + `.${fileExtension(mediaType)}`;
}

/** `image/svg+xml` → `svg`, `video/quicktime` → `quicktime`: good enough where the person only looks. */
export function fileExtension(mediaType: string): string {
  const subtype = /\/([a-z0-9]+)/.exec(mediaType)?.[1] ?? 'bin';
  return subtype === 'jpeg' ? 'jpg' : subtype;
}

export interface ImportResult {
  readonly added: number;
  /** Works that are in the gallery already. */
  readonly known: number;
  /** Works of other versions, which this app cannot read. */
  readonly unreadable: number;
  readonly failed: readonly { readonly file: string; readonly error: PlainError }[];
}

/**
 * Adds what is not there yet. Goes on after a damaged entry, and tells of it. Throws `file-corrupt` when this is no export of a gallery,
 * `storage-full` and `storage-failed` at once: what came before stays.
 */
export async function importGallery(
  gallery: Gallery,
  file: Blob,
  onWork: (done: number, total: number) => void = () => undefined,
): Promise<ImportResult> {
  const zip = await openZip(file);
  const entries = await readManifest(zip);
  let [added, known] = [0, 0];
  const failed: ImportResult['failed'][number][] = [];
  for (const [index, entry] of entries.entries()) {
    onWork(index, entries.length);
    try {
      if (await restore(gallery, zip, entry)) added++;
      else known++;
    } catch (error) {
      const ofZip = error instanceof AppError && error.code.startsWith('file-');
      if (!ofZip) throw error;
      failed.push({ file: entry.file, error: toPlainError(error) });
    }
  }
  return { added, known, unreadable: entries.skipped, failed };
}

async function restore(gallery: Gallery, zip: ZipFile, { work, file, thumbnail }: ManifestEntry) {
  const [bytes, small] = await Promise.all([zip.read(file), thumbnail === null ? null : zip.read(thumbnail)]);
  return gallery.restore({
    work: { ...work, sizeBytes: bytes.length },
    file: new Blob([bytes], { type: work.mediaType }),
    thumbnail: small && new Blob([small], { type: 'image/webp' }),
  });
}

async function readManifest(zip: ZipFile): Promise<ManifestEntry[] & { skipped: number }> {
  const list = listOf(await zip.read(manifestName));
  const entries = list.flatMap((item) => readEntry(item) ?? []);
  return Object.assign(entries, { skipped: list.length - entries.length });
}

function listOf(manifest: Uint8Array): unknown[] {
  try {
    const data = JSON.parse(new TextDecoder().decode(manifest)) as { version?: unknown; works?: unknown };
    if (data.version === manifestVersion && Array.isArray(data.works)) return data.works;
  } catch (cause) {
    throw new AppError('file-corrupt', 'The list of works in the zip file is damaged.', { cause });
  }
  throw new AppError('file-unreadable', 'This zip file was exported by another version of the app.');
}

function readEntry(item: unknown): ManifestEntry | undefined {
  const { work, file, thumbnail } = (item ?? {}) as Partial<Record<keyof ManifestEntry, unknown>>;
  const known = readWork(work);
  if (!known || typeof file !== 'string') return undefined;
  return { work: known, file, thumbnail: typeof thumbnail === 'string' ? thumbnail : null };
}
