import {
  ClipboardList,
  Copy,
  Download,
  ImagePlus,
  ScanSearch,
  Share2,
  Shuffle,
  SlidersHorizontal,
  SquareSplitHorizontal,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { formatParameters } from '../../../domain/recipe/parameters.ts';
import { recipeFileName } from '../../../domain/recipe/file-name.ts';
import { copyImage, copyText } from '../../base/clipboard.ts';
import { saveFile } from '../../base/save-file.ts';
import { useActions } from '../hooks.ts';
import type { Picture } from '../picture-state.ts';
import { useEditWords } from '../../words/edit-words.ts';
import EditButtons from './edit-buttons.tsx';
import { useShare } from '../../share/ui/use-share.tsx';
import { message } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './picture-bar.module.css';

const BeforeAfter = lazy(() => import('./before-after.tsx'));

/** What made the picture, and what can be done with it. */
export function PictureBar({ picture }: { picture: Picture }) {
  const { settings } = picture.recipe;
  const { common, picture: words, format } = useWords();
  return (
    <div className={styles.bar}>
      <dl className={styles.facts}>
        <Fact name={common.seed} value={format.plain(settings.seed)} named />
        <Fact name={words.time} value={format.seconds(picture.seconds)} />
        <Fact name={common.steps} value={common.stepCount(settings.steps)} />
        {settings.speed === 'fast' ? <Fact name={common.speed} value={common.speeds.fast} /> : null}
        <Fact name={common.size} value={format.size(picture.width, picture.height)} />
      </dl>
      <Actions picture={picture} />
    </div>
  );
}

function Fact({ name, value, named = false }: { name: string; value: string; named?: boolean }) {
  return (
    <div>
      <dt className={named ? undefined : 'visually-hidden'}>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Editing({ picture }: { picture: Picture }) {
  const { editPicture } = useActions();
  const { actions } = useEditWords();
  const [comparing, setComparing] = useState(false);
  const { picture: words } = useWords();
  const { prompt, seed } = picture.recipe.settings;
  return (
    <>
      <EditButtons
        className={styles.action}
        onEdit={(tool) => void editPicture(tool, picture.id, { name: words.sourceOfSeed(seed), prompt })}
      />
      {picture.began ? (
        <Action label={actions.compare} icon={SquareSplitHorizontal} onClick={() => setComparing(true)} />
      ) : null}
      <Suspense>
        {comparing ? <BeforeAfter picture={picture} onClose={() => setComparing(false)} /> : null}
      </Suspense>
    </>
  );
}

function Actions({ picture }: { picture: Picture }) {
  const { pictureFile, makeSource, vary, reuse, remove, tell } = useActions();
  const { common, picture: words } = useWords();
  const name = recipeFileName(picture.recipe.settings, 'png');
  const { direct, share, show, dialog } = useShare({
    file: () => pictureFile(picture.id) ?? null,
    mediaType: 'image/png',
    name,
    recipe: picture.recipe,
  });
  const save = () => {
    const file = pictureFile(picture.id);
    if (file) saveFile(file, name);
  };
  const copyPicture = async () => {
    const file = pictureFile(picture.id);
    if (file) tell(message((await copyImage(file)) ? 'pictureCopied' : 'copyRefused'));
  };
  const copySettings = async () => {
    const copied = await copyText(formatParameters(picture.recipe));
    tell(message(copied ? 'settingsCopied' : 'copyRefused'));
  };
  return (
    <div className={styles.actions} role="group" aria-label={common.actions}>
      <Action label={words.savePng} icon={Download} look="soft" onClick={save} />
      <Editing picture={picture} />
      <Action label={common.share} icon={Share2} onClick={share} />
      {direct ? <Action label={words.inside} icon={ScanSearch} onClick={show} /> : null}
      <Action label={words.copyImage} icon={Copy} onClick={() => void copyPicture()} />
      <Action label={words.vary} icon={Shuffle} onClick={() => vary(picture)} />
      <Action
        label={words.useAsSource}
        icon={ImagePlus}
        onClick={() => void makeSource(picture, words.sourceOfSeed(picture.recipe.settings.seed))}
      />
      <Action label={words.reuse} icon={SlidersHorizontal} onClick={() => reuse(picture)} />
      <Action label={words.copySettings} icon={ClipboardList} onClick={() => void copySettings()} />
      <Action label={common.delete} icon={Trash2} onClick={() => remove(picture)} />
      {dialog}
    </div>
  );
}

interface ActionProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onClick: () => void;
  readonly look?: 'soft' | '';
}

function Action({ label, icon: Icon, onClick, look = '' }: ActionProps) {
  return (
    <button type="button" className={`button ${styles.action} ${look}`} onClick={onClick}>
      <Icon size={17} aria-hidden />
      {label}
    </button>
  );
}
