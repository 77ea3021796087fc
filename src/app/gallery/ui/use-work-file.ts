import { useEffect, useState } from 'react';
import { toPlainError, type PlainError } from '../../../domain/errors.ts';
import type { Gallery } from '../storage/gallery.ts';

export type WorkFile =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly file: Blob; readonly url: string }
  | { readonly status: 'failed'; readonly error: PlainError };

const loading: WorkFile = { status: 'loading' };

/** The file of a work, with an object URL as long as it is shown. */
export function useWorkFile(gallery: Pick<Gallery, 'file'>, id: string): WorkFile {
  const [loaded, setLoaded] = useState<{ readonly id: string; readonly now: WorkFile } | null>(null);

  useEffect(() => {
    let url: string | null = null;
    let left = false;
    gallery.file(id).then(
      (file) => {
        if (left) return;
        url = URL.createObjectURL(file);
        setLoaded({ id, now: { status: 'ready', file, url } });
      },
      (error: unknown) => {
        if (!left) setLoaded({ id, now: { status: 'failed', error: toPlainError(error) } });
      },
    );
    return () => {
      left = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [gallery, id]);

  return loaded?.id === id ? loaded.now : loading;
}
