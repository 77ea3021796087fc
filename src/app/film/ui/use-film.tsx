import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { filmProblems } from '../../../domain/video/check-film.ts';
import type { FilmScene } from '../../../domain/video/project.ts';
import { useFilmStoreState } from '../film-hooks.ts';
import type { FilmState } from '../film-state.ts';
import type { FilmActions, FilmStore } from '../film-store.ts';
import { wordsOf } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';

const FilmContext = createContext<FilmStore | null>(null);

export function FilmProvider({ film, children }: { film: FilmStore; children: ReactNode }) {
  return <FilmContext value={film}>{children}</FilmContext>;
}

export function useFilm(): FilmStore {
  const film = useContext(FilmContext);
  if (!film) throw new Error('useFilm outside of FilmProvider');
  return film;
}

export function useFilmState<T>(select: (state: FilmState) => T): T {
  return useFilmStoreState(useFilm(), select);
}

export const useFilmActions = (): FilmActions => useFilm().actions;

/** A scene is busy while its own picture is being made. */
export const useSceneRuns = (id: string): boolean =>
  useFilmState(
    ({ making }) => making.status === 'running' && making.now?.kind === 'scene' && making.now.sceneId === id,
  );

export const useBusy = (): boolean =>
  useFilmState(({ making, output }) => making.status === 'running' || output.status === 'running');

/** Field → what to tell beside it. That a scene is empty is told only after the film was asked for. */
export function useFilmProblems(): ReadonlyMap<string, string> {
  const { filmProblems: words } = useWords();
  const project = useFilmState((state) => state.project);
  const submitted = useFilmState((state) => state.submitted);
  return useMemo(() => {
    const told = filmProblems(project).filter(({ field }) => submitted || !waits(field, project.scenes));
    return new Map(told.map(({ field, what }) => [field, wordsOf(words, what)]));
  }, [project, submitted, words]);
}

function waits(field: string, scenes: readonly FilmScene[]): boolean {
  if (field === 'scenes') return true;
  const index = /^scenes\.(\d+)\.prompt$/.exec(field)?.[1];
  return index !== undefined && scenes[Number(index)]?.prompt.trim() === '';
}
