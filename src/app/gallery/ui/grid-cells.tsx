import { toPictureScreen } from '../../picture/to-picture-screen.ts';
import { useMemo } from 'react';
import { cellPlace, planSheet } from '../../../domain/recipe/grid/sheet.ts';
import { limits } from '../../../domain/limits.ts';
import { cellsOfGrid, readGridRecipe } from '../../../domain/recipe/grid-recipe.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import { useActions } from '../hooks.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { useWorkFile } from './use-work-file.ts';
import styles from './grid-cells.module.css';

/** The sheet of a grid, of which each cell can be chosen: its settings are taken. */
export default function GridCells({ work, onClose }: { work: Work; onClose: () => void }) {
  const { grid: words } = useEditWords();
  const { gallery, actions } = useGallery();
  const { openRecipe } = useActions();
  const loaded = useWorkFile(gallery, work.id);
  const grid = useMemo(() => readGridRecipe(work.recipe), [work.recipe]);
  const read = grid && cellsOfGrid(grid);
  if (!grid || !read) return null;
  const { columns, rows, cells } = read;
  const plan = planSheet(
    columns.length,
    Math.max(1, rows.length),
    grid.base.settings,
    limits.edit.largestSide,
  );
  const choose = (at: number) => {
    const { settings, model } = cells[at]!;
    const revision = model === grid.base.model.id ? grid.base.model.revision : '';
    void openRecipe({ ...grid.base, settings, model: { id: model, revision } }, 'gallery');
    onClose();
    actions.open(null);
    toPictureScreen();
  };
  const share = (part: number, whole: number) => `${(part / whole) * 100}%`;
  return (
    <Viewer onClose={onClose}>
      <ViewerBar title={words.choose} zoom={null} />
      <div className={styles.stage}>
        <div
          className={styles.sheet}
          style={{
            aspectRatio: `${plan.width} / ${plan.height}`,
            maxWidth: `calc((100dvh - 6rem) * ${plan.width / plan.height})`,
          }}
        >
          {loaded.status === 'ready' ? <img src={loaded.url} alt="" draggable={false} /> : null}
          {cells.map((_, at) => {
            const { x, y } = cellPlace(plan, at);
            const row = rows[Math.floor(at / plan.columns)];
            const label = [columns[at % plan.columns]!.label, ...(row ? [row.label] : [])].join(', ');
            return (
              <button
                key={at}
                type="button"
                className={styles.cell}
                aria-label={words.take(label)}
                onClick={() => choose(at)}
                style={{
                  left: share(x, plan.width),
                  top: share(y, plan.height),
                  width: share(plan.cellWidth, plan.width),
                  height: share(plan.cellHeight, plan.height),
                }}
              />
            );
          })}
        </div>
      </div>
    </Viewer>
  );
}
