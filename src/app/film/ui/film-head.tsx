import { Clapperboard, FilePlus2, FolderOpen, PackageOpen, Save } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useRef, useState } from 'react';
import { saveFile } from '../../base/save-file.ts';
import { Item } from './scene-menu.tsx';
import { useFilmActions, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './film-head.module.css';
import menu from './menu.module.css';

const FilmsDialog = lazy(() => import('./films-dialog.tsx'));

/** The film's title, and films as a whole: new, open, as a file. */
export function FilmHead() {
  const { film, errors } = useWords();
  const { changeFilm } = useFilmActions();
  const title = useFilmState((state) => state.project.title);
  const saveProblem = useFilmState((state) => state.saveProblem);
  return (
    <>
      <div className={styles.head}>
        <input
          className={`input ${styles.title}`}
          dir="auto"
          aria-label={film.title}
          placeholder={film.untitled}
          maxLength={200}
          value={title}
          onChange={(event) => changeFilm({ title: event.target.value })}
        />
        <FilmMenu />
      </div>
      {saveProblem ? (
        <p className="problem" role="alert">
          {film.notSaved(errors[saveProblem.code].title)}
        </p>
      ) : null}
    </>
  );
}

function FilmMenu() {
  const { film } = useWords();
  const { newFilm, projectFile, openFile } = useFilmActions();
  const [films, setFilms] = useState<'never' | 'open' | 'closed'>('never');
  const input = useRef<HTMLInputElement>(null);
  const save = async () => {
    const { file, name } = await projectFile();
    saveFile(file, name);
  };
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button outline">
          <Clapperboard size={17} aria-hidden />
          {film.films}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={`popup ${menu.menu}`} align="end" sideOffset={4}>
            <Item icon={FilePlus2} label={film.newFilm} onSelect={() => void newFilm()} />
            <Item icon={FolderOpen} label={film.open} onSelect={() => setFilms('open')} />
            <DropdownMenu.Separator className={menu.line} />
            <Item icon={Save} label={film.saveProject} onSelect={() => void save()} />
            <Item icon={PackageOpen} label={film.openFile} onSelect={() => input.current?.click()} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={input}
        hidden
        type="file"
        accept=".zip,video/mp4,video/webm"
        aria-label={film.projectOrFilm}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void openFile(file, file.name);
          target.value = '';
        }}
      />
      {films === 'never' ? null : (
        <Suspense>
          <FilmsDialog open={films === 'open'} onClose={() => setFilms('closed')} />
        </Suspense>
      )}
    </>
  );
}
