import { Copy, Download, Link, Share2, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import { copyImage, copyText } from '../../base/clipboard.ts';
import { recipeLink } from '../recipe-link.ts';
import { saveFile } from '../../base/save-file.ts';
import { canShareFiles, shareFiles } from '../share-file.ts';
import { useActions } from '../hooks.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { insideWords } from './inside.ts';
import { message, type Message } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
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
  const { share } = useWords();
  const [withRecipe, setWithRecipe] = useState(true);
  const stripped = useStripped(file, withRecipe);
  const outgoing = withRecipe ? file : stripped;
  return (
    <Modal title={share.title} open onClose={onClose}>
      <Inside mediaType={file.type} recipe={withRecipe ? recipe : null} />
      {file.type === 'image/png' ? <RecipeSwitch on={withRecipe} onChange={setWithRecipe} /> : null}
      <Ways file={outgoing} name={name} recipe={recipe} />
    </Modal>
  );
}

function Inside({ mediaType, recipe }: { mediaType: string; recipe: ImageRecipe | null }) {
  const words = useWords();
  return (
    <section className="group" aria-label={words.share.inside}>
      <h3>{words.share.inside}</h3>
      <dl className={styles.inside}>
        {insideWords(words, mediaType, recipe).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{text}</dd>
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

/** `file` is null while the recipe is being taken out. */
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
}

function Way({ label, icon: Icon, act, look = 'outline' }: WayProps) {
  return (
    <button type="button" className={`button ${look}`} onClick={act}>
      <Icon size={17} aria-hidden />
      {label}
    </button>
  );
}

/** The same picture without its recipe, made when it is first asked for. */
function useStripped(file: Blob, withRecipe: boolean): Blob | null {
  const [stripped, setStripped] = useState<{ readonly of: Blob; readonly file: Blob } | null>(null);
  useEffect(() => {
    if (withRecipe) return;
    let left = false;
    void strip(file).then((made) => {
      if (!left) setStripped({ of: file, file: made });
    });
    return () => {
      left = true;
    };
  }, [file, withRecipe]);
  return stripped?.of === file ? stripped.file : null;
}

async function strip(file: Blob): Promise<Blob> {
  const { stripRecipe } = await import('../../../domain/recipe/png.ts');
  return new Blob([stripRecipe(new Uint8Array(await file.arrayBuffer()))], { type: file.type });
}
