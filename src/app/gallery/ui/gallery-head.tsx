import { Download, ListChecks, Search, Upload } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useRef } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { saveStream } from '../../base/save-stream.ts';
import { galleryFilters, type GalleryFilter } from '../gallery-state.ts';
import { exportName } from './export-name.ts';
import { useGallery, useGalleryState } from '../gallery-hooks.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { GalleryStorage } from './gallery-storage.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './gallery-head.module.css';

/** Search, filter, and what can be done with all works; while choosing, what can be done with the chosen. */
export function GalleryHead({ visible }: { visible: readonly Work[] }) {
  const choosing = useGalleryState((state) => state.selected !== null);
  return (
    <div className={choosing ? `${styles.head} ${styles.choosing}` : styles.head}>
      <div className={styles.tools}>{choosing ? <SelectionBar visible={visible} /> : <Tools />}</div>
      <GalleryStorage visibleCount={visible.length} />
    </div>
  );
}

function Tools() {
  const { gallery } = useWords();
  const { actions } = useGallery();
  const search = useGalleryState((state) => state.search);
  const filter = useGalleryState((state) => state.filter);
  return (
    <>
      <label className={styles.search}>
        <Search size={17} aria-hidden />
        <input
          type="search"
          className="input"
          dir="auto"
          aria-label={gallery.search}
          placeholder={gallery.search}
          value={search}
          onChange={(event) => actions.edit({ search: event.target.value })}
        />
      </label>
      <ToggleGroup.Root
        type="single"
        className={styles.segments}
        aria-label={gallery.show}
        value={filter}
        onValueChange={(value) => value !== '' && actions.edit({ filter: value as GalleryFilter })}
      >
        {galleryFilters.map((value) => (
          <ToggleGroup.Item key={value} value={value} className={styles.segment}>
            {gallery.filters[value]}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <WholeGallery />
    </>
  );
}

function WholeGallery() {
  const { gallery, share } = useWords();
  const { store, actions } = useGallery();
  const works = useGalleryState((state) => state.works);
  const busy = useGalleryState((state) => state.transfer !== null);
  const file = useRef<HTMLInputElement>(null);
  const exportAll = () => {
    const ids = store.getState().works.map(({ id }) => id);
    void actions.exportWorks(ids, (zip) => saveStream(zip, exportName(), share.zipFile));
  };
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        className="button"
        disabled={works.length === 0}
        onClick={() => actions.select([])}
      >
        <ListChecks size={17} aria-hidden />
        {gallery.select}
      </button>
      <button type="button" className="button" disabled={busy || works.length === 0} onClick={exportAll}>
        <Download size={17} aria-hidden />
        {gallery.exportAll}
      </button>
      <button type="button" className="button" disabled={busy} onClick={() => file.current?.click()}>
        <Upload size={17} aria-hidden />
        {gallery.import}
      </button>
      <input
        ref={file}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={gallery.file}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          target.value = '';
          if (chosen) void actions.importFile(chosen);
        }}
      />
    </div>
  );
}
