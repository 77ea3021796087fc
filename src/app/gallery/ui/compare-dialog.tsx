import type { Work } from '../../../domain/recipe/work.ts';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { shorten } from '../../base/format.ts';
import { recipeDifferences } from './differences.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { recipeOfWork } from './recipe-of.ts';
import { useWorkFile } from './use-work-file.ts';
import { useZoom, type Zoom } from '../../base/controls/use-zoom.ts';
import { CompareView, type ComparedPicture } from '../../base/controls/compare-view.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './compare-dialog.module.css';

/** Two pictures, zoomed and moved together, and what was different in the making. */
export default function CompareDialog({ pair }: { pair: readonly [string, string] }) {
  const { gallery: words } = useWords();
  const { store, actions } = useGallery();
  const { works } = store.getState();
  const [first, second] = pair.map((id) => works.find((work) => work.id === id));
  const zoom = useZoom(first ?? { width: 1, height: 1 });
  if (!first || !second) return null;
  return (
    <Viewer onClose={() => actions.compare(null)}>
      <ViewerBar title={words.compare} zoom={zoom.buttons} />
      <Two first={first} second={second} zoom={zoom} />
      <Differences first={first} second={second} />
    </Viewer>
  );
}

/** One that came from the other is shown over it. */
function Two({ first, second, zoom }: { first: Work; second: Work; zoom: Zoom }) {
  const { compare } = useEditWords();
  const edited = second.from === first.id;
  const names = edited ? [compare.before, compare.after] : [];
  const [a, b] = [useCompared(first, names[0]), useCompared(second, names[1])];
  return <CompareView first={a} second={b} zoom={zoom} begin={edited ? 'slider' : 'side'} />;
}

function useCompared(work: Work, name: string | undefined): ComparedPicture {
  const { common } = useWords();
  const { gallery, thumbnails } = useGallery();
  const loaded = useWorkFile(gallery, work.id);
  const url = loaded.status === 'ready' ? loaded.url : (thumbnails.peek(work.id) ?? null);
  return { url, alt: shorten(work.text, 200) || common.noPrompt, ...(name !== undefined && { name }) };
}

function Differences({ first, second }: { first: Work; second: Work }) {
  const words = useWords();
  const [a, b] = [recipeOfWork(first), recipeOfWork(second)];
  if (a.status !== 'known' || b.status !== 'known') {
    return <p className={styles.words}>{words.gallery.notBothTell}</p>;
  }
  const differences = recipeDifferences(words, a.recipe, b.recipe);
  if (differences.length === 0) return <p className={styles.words}>{words.gallery.sameSettings}</p>;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{words.gallery.different}</caption>
      <tbody>
        {differences.map(({ label, values: [left, right] }) => (
          <tr key={label}>
            <td>{left || '–'}</td>
            <th scope="row">{label}</th>
            <td>{right || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
