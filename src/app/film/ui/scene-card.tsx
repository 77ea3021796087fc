import { ChevronDown, Dices, Lock, LockOpen } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { memo, useId } from 'react';
import type { FilmScene } from '../../../domain/video/project.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { SceneChoices } from './scene-choices.tsx';
import { SceneMenu } from './scene-menu.tsx';
import { SceneOptions } from './scene-options.tsx';
import { SceneThumb } from './scene-thumb.tsx';
import { useBusy, useFilmActions, useFilmProblems } from './use-film.tsx';
import { useOwnPicture } from './use-own-picture.ts';
import { DragHandle } from '../../base/controls/drag-handle.tsx';
import { placeProps, type Reorder } from '../../base/controls/use-reorder.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './scene-card.module.css';

interface SceneCardProps {
  readonly scene: FilmScene;
  readonly index: number;
  readonly count: number;
  readonly reorder: Reorder;
  readonly onShow: (frame: number) => void;
}

export const SceneCard = memo(function SceneCard({ scene, index, count, reorder, onShow }: SceneCardProps) {
  const number = index + 1;
  const { film, format } = useWords();
  const takeOwn = useOwnPicture(scene.id);
  return (
    <Collapsible.Root asChild>
      <li
        className={styles.scene}
        aria-label={film.scene(number)}
        data-scene={scene.id}
        onDrop={(event) => {
          const picture = [...event.dataTransfer.files].find(({ type }) => type.startsWith('image/'));
          if (!picture) return;
          event.preventDefault();
          void takeOwn(picture);
        }}
        {...placeProps(reorder, scene.id, index, count)}
      >
        <DragHandle
          className={styles.handle}
          label={film.moveScene(number)}
          handlers={reorder.handle(scene.id, index)}
        >
          <span className={styles.number}>{format.number(number)}</span>
        </DragHandle>
        <SceneThumb scene={scene} index={index} onShow={onShow} />
        <div className={styles.body}>
          <ScenePrompt scene={scene} index={index} />
          <SceneChoices scene={scene} />
          <SceneTools scene={scene} index={index} />
        </div>
        <Collapsible.Content className={styles.options}>
          <SceneOptions scene={scene} index={index} />
        </Collapsible.Content>
      </li>
    </Collapsible.Root>
  );
});

function ScenePrompt({ scene, index }: { scene: FilmScene; index: number }) {
  const { changeScene } = useFilmActions();
  const { film } = useWords();
  const problem = useFilmProblems().get(`scenes.${index}.prompt`);
  const id = useId();
  const own = scene.picture?.kind === 'own';
  return (
    <>
      <textarea
        id={`prompt-${scene.id}`}
        className={`input ${styles.prompt}`}
        dir="auto"
        aria-label={film.scenePrompt(index + 1)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        placeholder={own ? film.ownPictureHint : film.scenePromptHint}
        rows={2}
        value={scene.prompt}
        onChange={(event) => changeScene(scene.id, { prompt: event.target.value })}
      />
      {problem ? (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      ) : null}
    </>
  );
}

/** Overrides wait behind one button; what is done often has its own. */
function SceneTools({ scene, index }: { scene: FilmScene; index: number }) {
  const { film } = useWords();
  const { changeScene, reroll } = useFilmActions();
  const busy = useBusy();
  const made = scene.picture?.kind === 'made';
  const number = index + 1;
  return (
    <div className={styles.tools}>
      <Collapsible.Trigger
        className={`button small ${styles.settings}`}
        aria-label={film.sceneSettings(number)}
      >
        {ownSettings(film, scene) || film.settingsShort}
        <ChevronDown size={15} aria-hidden />
      </Collapsible.Trigger>
      <IconButton
        className="small"
        label={film.anotherPicture(number)}
        icon={Dices}
        disabled={busy || scene.locked || scene.prompt.trim() === '' || scene.picture?.kind === 'own'}
        onClick={() => reroll(scene.id)}
      />
      {made ? (
        <IconButton
          className="small"
          label={film.keepPicture(number)}
          icon={scene.locked ? Lock : LockOpen}
          aria-pressed={scene.locked}
          onClick={() => changeScene(scene.id, { locked: !scene.locked })}
        />
      ) : null}
      <SceneMenu scene={scene} index={index} />
    </div>
  );
}

/** What of this scene differs from the film’s settings. */
function ownSettings(film: Words['film'], { durationSec, seed, motion, caption }: FilmScene): string {
  return [
    durationSec === null ? '' : film.secondsShort(durationSec),
    motion === null ? '' : film.motions[motion],
    seed === null ? '' : film.ownSeed,
    caption === null ? '' : caption === '' ? film.noCaption : film.ownCaption,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
