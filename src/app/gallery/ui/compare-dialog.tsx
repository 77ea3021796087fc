import { X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { shorten } from '../../base/format.ts';
import { recipeDifferences } from './differences.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { recipeOfWork } from './recipe-of.ts';
import { useWorkFile } from './use-work-file.ts';
import { useZoom, type Zoom } from './use-zoom.ts';
import { Zoomable } from './zoomable.tsx';
import { useWords } from '../../words/words-context.tsx';

const buttonFactor = 1.5;

/** Two pictures side by side, zoomed and moved together, and what was different in the making. */
export default function CompareDialog({ pair }: { pair: readonly [string, string] }) {
  const { gallery: words, common } = useWords();
  const { store, actions } = useGallery();
  const content = useRef<HTMLDivElement>(null);
  const { works } = store.getState();
  const [first, second] = pair.map((id) => works.find((work) => work.id === id));
  const zoom = useZoom(first ?? { width: 1, height: 1 });
  if (!first || !second) return null;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && actions.compare(null)}>
      <Dialog.Portal>
        <Dialog.Content
          ref={content}
          className="viewer"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
        >
          <div className="viewer-bar">
            <Dialog.Title className="viewer-title">{words.compare}</Dialog.Title>
            <IconButton
              label={common.zoomOut}
              icon={ZoomOut}
              disabled={zoom.view.scale <= 1}
              onClick={() => zoom.zoomBy(1 / buttonFactor)}
            />
            <IconButton
              label={common.zoomIn}
              icon={ZoomIn}
              disabled={zoom.atMost}
              onClick={() => zoom.zoomBy(buttonFactor)}
            />
            <Dialog.Close asChild>
              <IconButton label={common.close} icon={X} />
            </Dialog.Close>
          </div>
          <div className="compare">
            <Side work={first} zoom={zoom} />
            <Side work={second} zoom={zoom} />
          </div>
          <Differences first={first} second={second} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
    return <p className="compare-words">{words.gallery.notBothTell}</p>;
  }
  const differences = recipeDifferences(words, a.recipe, b.recipe);
  if (differences.length === 0) return <p className="compare-words">{words.gallery.sameSettings}</p>;
  return (
    <table className="compare-table">
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
