import { useEffect, useState } from 'react';
import { toPlainError, type PlainError } from '../../../domain/errors.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import { isWithin, limits } from '../../../domain/limits.ts';
import { useAppState } from '../hooks.ts';
import { outgoingFilm, outgoingPicture } from '../outgoing.ts';

interface Outgoing {
  /** Null while it is being made, and where it cannot be. */
  readonly file: Blob | null;
  readonly error: PlainError | null;
}

interface Wanted {
  readonly file: Blob;
  readonly isPicture: boolean;
  /** Null: without. */
  readonly recipe: ImageRecipe | null;
  readonly withRecipe: boolean;
}

const nothing: Outgoing = { file: null, error: null };

/** The file that goes out, made anew when something else is wanted. */
export function useOutgoing({ file, isPicture, recipe, withRecipe }: Wanted): Outgoing {
  const format = useAppState((state) => state.preferences.saveFormat);
  const quality = useAppState((state) => state.preferences.saveQualityPercent);
  const qualityPercent = isWithin(quality, limits.qualityPercent) ? quality : limits.qualityPercent.max;
  // As it is kept: with what it tells, even where that cannot be read here.
  const asIs = withRecipe && (!isPicture || format === 'png');
  const key = [isPicture, format, qualityPercent, withRecipe].join();
  const [made, setMade] = useState<{ readonly of: Blob; readonly key: string; readonly now: Outgoing }>();
  useEffect(() => {
    if (asIs) return;
    let left = false;
    const making = isPicture
      ? outgoingPicture(file, { format, qualityPercent, recipe: withRecipe ? recipe : null })
      : outgoingFilm(file, withRecipe);
    void making
      .then((done): Outgoing => ({ file: done, error: null }))
      .catch((error: unknown): Outgoing => ({ file: null, error: toPlainError(error) }))
      .then((now) => left || setMade({ of: file, key, now }));
    return () => {
      left = true;
    };
  }, [asIs, file, format, isPicture, key, qualityPercent, recipe, withRecipe]);
  if (asIs) return { file, error: null };
  return made?.of === file && made.key === key ? made.now : nothing;
}
