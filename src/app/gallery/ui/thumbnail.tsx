import { Film, ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { useGallery } from '../gallery-hooks.tsx';
import styles from './thumbnail.module.css';

/** The small picture of a work; decorative, the name is beside it. */
export function Thumbnail({ work }: { work: Work }) {
  const { thumbnails } = useGallery();
  const [loaded, setLoaded] = useState<{ readonly id: string; readonly url: string | null } | null>(null);

  useEffect(() => {
    let left = false;
    void thumbnails.load(work.id).then((url) => {
      if (!left) setLoaded({ id: work.id, url });
    });
    return () => {
      left = true;
    };
  }, [thumbnails, work.id]);

  const url = loaded?.id === work.id ? loaded.url : thumbnails.peek(work.id);
  if (url === undefined) return <span className={styles.thumbnail} />;
  if (url !== null)
    return <img className={styles.thumbnail} src={url} alt="" decoding="async" draggable={false} />;
  const Icon = work.kind === 'film' ? Film : ImageOff;
  return (
    <span className={`${styles.thumbnail} ${styles.none}`}>
      <Icon size={28} aria-hidden />
    </span>
  );
}
