import { ImageDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions } from './app-hooks.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './drop-zone.module.css';

const hasFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** Pictures may be dropped or pasted anywhere on the page. */
export function DropZone() {
  const { openFiles } = useActions();
  const { shell } = useWords();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const take = (files: FileList | undefined, event: Event) => {
      if (!files?.length) return;
      event.preventDefault();
      void openFiles([...files].map((file) => ({ file, name: file.name || shell.pastedPicture })));
    };
    window.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), {
      signal,
    });
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        // A scene of the film has taken it.
        if (event.defaultPrevented) return;
        take(event.dataTransfer?.files, event);
      },
      { signal },
    );
    window.addEventListener('paste', (event) => take(event.clipboardData?.files, event), { signal });
    return () => controller.abort();
  }, [openFiles, shell]);

  return over ? (
    <div className={styles.drop}>
      <div className={styles.card}>
        <ImageDown size={32} aria-hidden />
        <p className={styles.title}>{shell.dropTitle}</p>
        <p>{shell.dropHint}</p>
      </div>
    </div>
  ) : null;
}
