import { ChevronDown, Dices, GripVertical, Lock, LockOpen } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { memo, useId } from 'react';
import type { FilmScene } from '../../../domain/video/project.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { SceneMenu } from './scene-menu.tsx';
import { SceneOptions } from './scene-options.tsx';
import { SceneThumb } from './scene-thumb.tsx';
import { useBusy, useFilmActions, useFilmProblems } from './use-film.tsx';
import { useOwnPicture } from './use-own-picture.ts';
import type { Reorder } from '../../base/controls/use-reorder.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';

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
  const dragged = reorder.dragged === scene.id;
  const landing =
    reorder.target === index ? 'before' : reorder.target === count && number === count ? 'after' : undefined;
  return (
    <Collapsible.Root asChild>
      <li
        className="scene"
        aria-label={film.scene(number)}
        data-scene={scene.id}
        data-dragged={dragged || undefined}
        data-landing={landing}
        onDrop={(event) => {
          const picture = [...event.dataTransfer.files].find(({ type }) => type.startsWith('image/'));
          if (!picture) return;
          event.preventDefault();
          void takeOwn(picture);
        }}
        style={dragged ? { transform: `translateY(${reorder.offsetPx}px)` } : undefined}
      >
        <button
          type="button"
          className="scene-handle"
          aria-label={film.moveScene(number)}
          {...reorder.handle(scene.id, index)}
        >
          <span className="scene-number">{format.number(number)}</span>
          <GripVertical size={16} aria-hidden />
        </button>
        <SceneThumb scene={scene} index={index} onShow={onShow} />
        <div className="scene-body">
          <ScenePrompt scene={scene} index={index} />
          <SceneTools scene={scene} index={index} />
        </div>
        <Collapsible.Content className="scene-options">
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
        className="input scene-prompt"
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
    <div className="scene-tools">
      <Collapsible.Trigger className="button small disclosure-down" aria-label={film.sceneSettings(number)}>
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
