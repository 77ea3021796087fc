import {
  ArrowDown,
  ArrowUp,
  Copy,
  Ellipsis,
  ImagePlus,
  ImageOff,
  Plus,
  RotateCcw,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { FilmScene } from '../../../domain/video/project.ts';
import { useBusy, useFilmActions } from './use-film.tsx';
import { useOwnPicture } from './use-own-picture.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './menu.module.css';

/** What is done to a scene as a whole. */
export function SceneMenu({ scene, index }: { scene: FilmScene; index: number }) {
  const { addScene, duplicate, generateScene, move, remove, removePicture } = useFilmActions();
  const { film, common } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const busy = useBusy();
  const { id } = scene;
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button icon small" aria-label={film.moreForScene(index + 1)}>
          <Ellipsis size={18} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={`popup ${styles.menu}`} align="end" sideOffset={4}>
            <Item
              icon={RotateCcw}
              label={film.makeOnlyThis}
              disabled={busy}
              onSelect={() => generateScene(id)}
            />
            <Item icon={ImagePlus} label={film.useOwnPicture} onSelect={() => input.current?.click()} />
            {scene.picture ? (
              <Item icon={ImageOff} label={film.removePicture} onSelect={() => removePicture(id)} />
            ) : null}
            <DropdownMenu.Separator className={styles.line} />
            <Item icon={Plus} label={film.addAfter} onSelect={() => addScene(id)} />
            <Item icon={Copy} label={film.duplicate} onSelect={() => duplicate(id)} />
            <Item icon={ArrowUp} label={film.moveUp} onSelect={() => move(id, index - 1)} />
            <Item icon={ArrowDown} label={film.moveDown} onSelect={() => move(id, index + 1)} />
            <DropdownMenu.Separator className={styles.line} />
            <Item icon={Trash2} label={common.delete} onSelect={() => remove(id)} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <OwnPictureInput scene={scene} index={index} input={input} />
    </>
  );
}

interface OwnPictureProps {
  readonly scene: FilmScene;
  readonly index: number;
  readonly input: React.RefObject<HTMLInputElement | null>;
}

function OwnPictureInput({ scene, index, input }: OwnPictureProps) {
  const { film } = useWords();
  const choose = useOwnPicture(scene.id);
  return (
    <input
      ref={input}
      hidden
      type="file"
      accept="image/*"
      aria-label={film.ownPictureFile(index + 1)}
      onChange={({ target }) => {
        const file = target.files?.[0];
        if (file) void choose(file);
        target.value = '';
      }}
    />
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onSelect: () => void;
  readonly disabled?: boolean;
}

export function Item({ icon: Icon, label, onSelect, disabled = false }: ItemProps) {
  return (
    <DropdownMenu.Item className={styles.item} disabled={disabled} onSelect={onSelect}>
      <Icon size={16} aria-hidden />
      {label}
    </DropdownMenu.Item>
  );
}
