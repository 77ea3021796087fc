/** All that the Picture screen draws. Plain data: blobs and bitmaps live in closures (`picture-context.ts`). */
import type { PlainError } from '../../domain/errors.ts';
import type { PromptLists } from '../../domain/diffusion/prompt/prompt-choices.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { TokenCount } from '../../engine/protocol.ts';
import type { RunProgress } from '../engine/progress.ts';
import type { Origin } from '../words/facts.ts';
import type { PictureProblem } from '../words/message.ts';
import type { Draft } from './draft.ts';

export type RunState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly settings: ImageSettings;
      readonly progress: RunProgress;
      /** By the clock of the store; null until this device has been measured. */
      readonly expectedEndMs: number | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'done'; readonly pictureIds: readonly string[]; readonly seconds: number }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: PlainError; readonly settings: ImageSettings };

export interface Picture {
  readonly id: string;
  /** Object URL of the PNG, which carries its recipe. */
  readonly url: string;
  readonly recipe: ImageRecipe;
  /** Pixels of the file, which may have been enlarged since it was drawn. */
  readonly width: number;
  readonly height: number;
  /** It began from another one, which is still at hand. */
  readonly began: boolean;
  readonly seconds: number;
}

/** What the large frame shows: the picture in the making (or nothing yet), or one that was made. */
export type View = { readonly kind: 'live' } | { readonly kind: 'picture'; readonly id: string };

/** Image-to-image begins from this. */
export interface SourcePicture {
  readonly url: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export type EditTool = 'paint' | 'widen' | 'enlarge';

/** A picture that is being changed; its pixels as they are in the file. */
export interface EditedPicture extends SourcePicture {
  readonly tool: EditTool;
  readonly prompt: string;
  /** Its id in the gallery, where it is there. */
  readonly from: string | null;
}

export interface PictureSlice {
  readonly draft: Draft;
  /** The person pressed Generate on this draft: from now on an empty prompt is told. */
  readonly submitted: boolean;
  readonly tokens: TokenCount | null;
  readonly source: SourcePicture | null;
  /** Why a file is not the source. */
  readonly sourceProblem: PictureProblem | null;
  readonly editing: EditedPicture | null;
  readonly run: RunState;
  /** A text from a file, as it stands there. */
  readonly shownText: { readonly from: Origin; readonly text: string } | null;
  /** The person's own, for `__name__` in prompts. */
  readonly lists: PromptLists;
  /** What the sheet of lists was opened with; null while it is closed. */
  readonly listSheet: { readonly text: string; readonly name: string } | null;
  /** Newest first. */
  readonly pictures: readonly Picture[];
  readonly view: View;
}

/** Null while the frame shows the picture in the making. */
export function shownPicture({ view, pictures }: Pick<PictureSlice, 'view' | 'pictures'>): Picture | null {
  return view.kind === 'live' ? null : (pictures.find((picture) => picture.id === view.id) ?? null);
}
