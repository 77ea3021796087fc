import type { Work } from '../../../domain/recipe/work.ts';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { shorten } from '../../base/format.ts';
import { recipeDifferences } from './differences.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { recipeOfWork } from './recipe-of.ts';
import { useWorkFile } from './use-work-file.ts';
import { useZoom, type Zoom } from './use-zoom.ts';
import { Zoomable } from './zoomable.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './compare-dialog.module.css';

/** Two pictures side by side, zoomed and moved together, and what was different in the making. */
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
      <div className={styles.pair}>
        <Side work={first} zoom={zoom} />
        <Side work={second} zoom={zoom} />
      </div>
      <Differences first={first} second={second} />
    </Viewer>
  );
}

function Side({ work, zoom }: { work: Work; zoom: Zoom }) {
  const { common } = useWords();
  const { gallery, thumbnails } = useGallery();
  const loaded = useWorkFile(gallery, work.id);
  const url = loaded.status === 'ready' ? loaded.url : (thumbnails.peek(work.id) ?? null);
  return <Zoomable url={url} alt={shorten(work.text, 200) || common.noPrompt} zoom={zoom} />;
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
