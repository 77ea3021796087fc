import { Copy, Download, Link, Share2, type LucideIcon } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import { copyImage, copyText } from '../../base/clipboard.ts';
import { recipeLink } from '../recipe-link.ts';
import { saveFile } from '../../base/save-file.ts';
import { canShareFiles, shareFiles } from '../share-file.ts';
import { useActions } from '../hooks.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { strippableFilms } from '../outgoing.ts';
import { FormatFields } from './format-fields.tsx';
import { filmInside, pictureInside, type InsideEntry } from './inside.ts';
import { useOutgoing } from './use-outgoing.ts';
import { message, type Message } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './share-dialog.module.css';

interface ShareDialogProps {
  readonly file: Blob;
  readonly name: string;
  /** Null where the file does not tell, or cannot be read. */
  readonly recipe: ImageRecipe | null;
  readonly onClose: () => void;
}

/** What goes out and how. The recipe can be left at home. */
export default function ShareDialog({ file, name, recipe, onClose }: ShareDialogProps) {
  const words = useWords();
  const { share, errors } = words;
  const [withRecipe, setWithRecipe] = useState(true);
  const isPicture = file.type === 'image/png';
  const outgoing = useOutgoing({ file, isPicture, recipe, withRecipe });
  const inside = isPicture ? pictureInside(words, withRecipe ? recipe : null) : filmInside(words, withRecipe);
  return (
    <Modal title={share.title} open onClose={onClose}>
      <Inside entries={[...inside, sizeEntry(words, outgoing.file)]} />
      {isPicture ? <FormatFields /> : null}
      {isPicture || strippableFilms.includes(file.type) ? (
        <RecipeSwitch on={withRecipe} onChange={setWithRecipe} />
      ) : null}
      {outgoing.error ? <p role="alert">{errors[outgoing.error.code].title}</p> : null}
      <Ways file={outgoing.file} name={nameOf(name, outgoing.file)} recipe={recipe} />
    </Modal>
  );
}

/** It has its place while the file is being made, so that nothing jumps. */
const sizeEntry = ({ share, format }: Words, file: Blob | null): InsideEntry => ({
  label: share.fileSize,
  text: file ? format.bytes(file.size) : '…',
});

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

/** With the ending of what it has become. */
function nameOf(name: string, file: Blob | null): string {
  const ending = file && endings[file.type];
  return ending ? name.replace(/\.png$/, `.${ending}`) : name;
}

function Inside({ entries }: { entries: readonly InsideEntry[] }) {
  const { share } = useWords();
  return (
    <section className="group" aria-label={share.inside}>
      <h3>{share.inside}</h3>
      <dl className={styles.inside}>
        {entries.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RecipeSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { share } = useWords();
  const id = useId();
  return (
    <div className={styles.recipe}>
      <input id={id} type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>
        {share.sendRecipe}
        <span className="hint">{share.sendRecipeHint}</span>
      </label>
    </div>
  );
}

/** `file` is null while it is being made. */
function Ways({ file, name, recipe }: { file: Blob | null; name: string; recipe: ImageRecipe | null }) {
  const { share, common } = useWords();
  const { tell } = useActions();
  const outgoing = useMemo(() => file && new File([file], name, { type: file.type }), [file, name]);
  const shareable = outgoing !== null && canShareFiles([outgoing]);
  const say = (done: Promise<boolean>, told: Message) =>
    void done.then((ok) => tell(ok ? told : message('notAllowed')));
  const copyLink = (of: ImageRecipe) =>
    say(recipeLink(of, location.href).then(copyText), message('linkCopied'));
  const shareWith = (shared: File) =>
    void shareFiles([shared], name).then((ok) => ok || tell(message('fileNotTakenSaveIt')));
  return (
    <div className={styles.ways} role="group" aria-label={share.ways}>
      <Way
        label={common.save}
        icon={Download}
        look="primary"
        off={!outgoing}
        act={() => outgoing && saveFile(outgoing, name)}
      />
      {shareable ? <Way label={share.shareWith} icon={Share2} act={() => shareWith(outgoing)} /> : null}
      {outgoing?.type === 'image/png' ? (
        <Way
          label={share.copyImage}
          icon={Copy}
          act={() => say(copyImage(outgoing), message('pictureCopied'))}
        />
      ) : null}
      {recipe ? <Way label={share.copyLink} icon={Link} act={() => copyLink(recipe)} /> : null}
      {recipe ? <p className="hint">{recipe.source ? share.linkHintWithSource : share.linkHint}</p> : null}
    </div>
  );
}

interface WayProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly act: () => void;
  readonly look?: 'primary' | 'outline';
  readonly off?: boolean;
}

function Way({ label, icon: Icon, act, look = 'outline', off = false }: WayProps) {
  return (
    <button type="button" className={`button ${look}`} disabled={off} onClick={act}>
      <Icon size={17} aria-hidden />
      {label}
    </button>
  );
}
