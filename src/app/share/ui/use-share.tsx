import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import { canShareFiles, shareFiles } from '../share-file.ts';
import { useActions } from '../hooks.ts';
import { message } from '../../words/message.ts';

const ShareDialog = lazy(() => import('./share-dialog.tsx'));

interface Shared {
  /** Asked for at the press; null while there is none. */
  readonly file: () => Blob | null;
  readonly mediaType: string;
  readonly name: string;
  readonly recipe: ImageRecipe | null;
}

interface Share {
  /** The system has a share sheet for such a file. */
  readonly direct: boolean;
  /** One press: the system's sheet where there is one that takes the file, else our own dialog. */
  readonly share: () => void;
  /** Our own dialog: what is inside, and all ways. */
  readonly show: () => void;
  /** Where it is drawn. */
  readonly dialog: ReactNode;
}

export function useShare({ file, mediaType, name, recipe }: Shared): Share {
  const { tell } = useActions();
  const [shown, setShown] = useState<Blob | null>(null);
  const show = () => setShown(file());
  const share = () => {
    const blob = file();
    const whole = blob && new File([blob], name, { type: blob.type });
    if (!whole || !canShareFiles([whole])) return show();
    void shareFiles([whole], name).then((ok) => {
      if (ok) return;
      tell(message('fileNotTaken'));
      show();
    });
  };
  return {
    direct: canShareFiles([new File([], name, { type: mediaType })]),
    share,
    show,
    dialog: shown ? (
      <Suspense>
        <ShareDialog file={shown} name={name} recipe={recipe} onClose={() => setShown(null)} />
      </Suspense>
    ) : null,
  };
}
