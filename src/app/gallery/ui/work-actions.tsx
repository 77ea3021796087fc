import {
  Download,
  Grid3x3,
  Heart,
  Network,
  ScanSearch,
  Share2,
  SlidersHorizontal,
  SquareSplitHorizontal,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { familyOf, sizeOfFamily } from '../../../domain/recipe/family.ts';
import { readGridRecipe } from '../../../domain/recipe/grid-recipe.ts';
import { recipeFileName, slug } from '../../../domain/recipe/file-name.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { shorten } from '../../base/format.ts';
import { saveFile } from '../../base/save-file.ts';
import { useActions } from '../hooks.ts';
import { fileExtension } from '../storage/gallery-archive.ts';
import { useGallery, useGalleryState } from '../gallery-hooks.tsx';
import type { EditTool } from '../../picture/picture-state.ts';
import EditButtons from '../../picture/ui/edit-buttons.tsx';
import { useShare } from '../../share/ui/use-share.tsx';
import { recipeOfWork } from './recipe-of.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './work-actions.module.css';

const GridCells = lazy(() => import('./grid-cells.tsx'));
const HistoryDialog = lazy(() => import('./history-dialog.tsx'));

/** `file` is null while it is being read. */
export function WorkActions({ work, file }: { work: Work; file: Blob | null }) {
  const { gallery, common, picture } = useWords();
  const { actions } = useGallery();
  const { openRecipe, openEditor } = useActions();
  const words = useEditWords();
  const kin = useGalleryState(({ works }) => sizeOfFamily(familyOf(works, work.id)));
  const isGrid = useMemo(() => readGridRecipe(work.recipe) !== null, [work.recipe]);
  const [cells, setCells] = useState(false);
  const [history, setHistory] = useState(false);
  const before = useGalleryState(({ works }) => works.find(({ id }) => id === work.from)?.id);
  const found = recipeOfWork(work);
  const recipe = found.status === 'known' ? found.recipe : null;
  const name = workFileName(work, recipe?.settings.seed);
  const sharing = useShare({ file: () => file, mediaType: work.mediaType, name, recipe });
  const reuse = () => {
    if (!recipe) return;
    void openRecipe(recipe, 'gallery');
    actions.open(null);
    location.hash = '#/picture';
  };
  const change = async (tool: EditTool) => {
    if (!file) return;
    actions.open(null);
    await openEditor(tool, { file, name: shorten(work.text, 60) || name, prompt: work.text, work: work.id });
  };
  return (
    <div className={styles.actions} role="group" aria-label={common.actions}>
      <Act
        label={common.save}
        icon={Download}
        off={!file}
        act={() => file && saveFile(file, name)}
        look="soft"
      />
      <Act label={common.share} icon={Share2} off={!file} act={sharing.share} />
      {sharing.direct ? (
        <Act label={picture.inside} icon={ScanSearch} off={!file} act={sharing.show} />
      ) : null}
      {work.kind === 'image' ? (
        <EditButtons className="" disabled={!file} onEdit={(tool) => void change(tool)} />
      ) : null}
      {isGrid ? (
        <Act label={words.grid.choose} icon={Grid3x3} off={!file} act={() => setCells(true)} />
      ) : null}
      <Suspense>{cells ? <GridCells work={work} onClose={() => setCells(false)} /> : null}</Suspense>
      {kin > 1 ? (
        <Act label={words.history.of(kin)} icon={Network} off={false} act={() => setHistory(true)} />
      ) : null}
      <Suspense>{history ? <HistoryDialog id={work.id} onClose={() => setHistory(false)} /> : null}</Suspense>
      {before ? (
        <Act
          label={words.actions.compare}
          icon={SquareSplitHorizontal}
          off={false}
          act={() => actions.edit({ openId: null, comparing: [before, work.id] })}
        />
      ) : null}
      {work.kind === 'image' ? (
        <Act label={gallery.useSettings} icon={SlidersHorizontal} off={!recipe} act={reuse} />
      ) : null}
      <button
        type="button"
        className="button"
        aria-pressed={work.favourite}
        onClick={() => void actions.favour([work.id], !work.favourite)}
      >
        <Heart size={17} aria-hidden fill={work.favourite ? 'currentColor' : 'none'} />
        {gallery.favourite}
      </button>
      <Act label={common.delete} icon={Trash2} off={false} act={() => void actions.remove([work.id])} />
      {sharing.dialog}
    </div>
  );
}

/** Pictures by prompt and seed, films by their first words. */
function workFileName({ text, mediaType }: Work, seed: number | undefined): string {
  const extension = fileExtension(mediaType);
  return seed === undefined
    ? `${slug(text) || 'zoetrope'}.${extension}`
    : recipeFileName({ prompt: text, seed }, extension);
}

interface ActProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly off: boolean;
  readonly act: () => unknown;
  readonly look?: 'soft' | '';
}

function Act({ label, icon: Icon, off, act, look = '' }: ActProps) {
  return (
    <button type="button" className={`button ${look}`} disabled={off} onClick={act}>
      <Icon size={17} aria-hidden />
      {label}
    </button>
  );
}
