import { ImageIcon } from 'lucide-react';
import { pictureStatus, type PictureStatus } from '../../../domain/video/pictures.ts';
import type { FilmScene } from '../../../domain/video/project.ts';
import { useAppState } from '../hooks.ts';
import { playablePlan } from '../film-player.ts';
import { filmModel } from '../film-state.ts';
import { Forming } from '../../picture/ui/forming.tsx';
import { useFilm, useFilmState, useSceneRuns } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './scene-thumb.module.css';

interface SceneThumbProps {
  readonly scene: FilmScene;
  readonly index: number;
  readonly onShow: (frame: number) => void;
}

/** The scene's picture as the film crops it, the one in the making, or room for it. A press shows the scene in the player. */
export function SceneThumb({ scene, index, onShow }: SceneThumbProps) {
  const { film } = useWords();
  const { store, preview } = useFilm();
  const { width, height } = useFilmState(({ project }) => project);
  const url = useFilmState(({ urls }) => scene.picture && urls[scene.picture.assetId]);
  const status = useStatus(scene);
  const running = useSceneRuns(scene.id);
  const fraction = useFilmState(({ making }) =>
    making.status === 'running' && making.now ? stepFraction(making.now.progress.now) : 0,
  );
  const show = () => {
    const plan = playablePlan(store.getState().project);
    const range = plan?.segments.find((segment) => segment.kind === 'scene' && segment.scene === index);
    onShow(range?.start ?? plan?.visible[index]?.start ?? 0);
  };
  const badge = badgeWords(film, scene.locked && status === 'stale' ? 'ready' : status);
  return (
    <button
      type="button"
      className={styles.thumb}
      style={{ aspectRatio: aspect(width, height) }}
      aria-label={badge ? film.showSceneWith(index + 1, badge) : film.showScene(index + 1)}
      onClick={show}
    >
      {running ? (
        <Forming width={width || 1} height={height || 1} fraction={fraction} preview={preview} wheelPx={32} />
      ) : url ? (
        <img src={url} alt="" draggable={false} />
      ) : (
        <ImageIcon size={22} aria-hidden />
      )}
      {badge && !running ? <span className={styles.badge}>{badge}</span> : null}
    </button>
  );
}

const badgeWords = ({ badges }: Words['film'], status: PictureStatus): string | null =>
  status === 'own' || status === 'stale' ? badges[status] : null;

function useStatus(scene: FilmScene): PictureStatus {
  const project = useFilmState((state) => state.project);
  return useAppState((state) => pictureStatus(project, scene, filmModel(state)));
}

const aspect = (width: number, height: number) => (width > 0 && height > 0 ? `${width} / ${height}` : '1');

const stepFraction = (now: { readonly phase: string; readonly call?: number; readonly calls?: number }) =>
  now.phase === 'decode' ? 1 : now.call !== undefined && now.calls ? now.call / now.calls : 0;
