import { pageHooks } from '../base/page-hooks.tsx';
import type { PageActions } from '../engine/page-actions.ts';
import type { Preview } from '../making/preview.ts';
import type { ModelActions } from '../models/model-actions.ts';
import type { Slice } from '../base/slice.ts';
import type { DraftActions } from './draft-actions.ts';
import type { EditActions } from './edit-actions.ts';
import type { ListActions } from './list-actions.ts';
import type { PictureActions } from './picture-actions.ts';
import type { PictureContext, PictureView } from './picture-context.ts';
import type { RunActions } from './run-actions.ts';
import type { SourceActions } from './source-actions.ts';

/** What this room sees of the page. */
export interface PicturePage {
  readonly store: Slice<PictureView>;
  readonly actions: DraftActions &
    RunActions &
    PictureActions &
    SourceActions &
    ListActions &
    EditActions &
    ModelActions &
    PageActions;
  readonly context: PictureContext;
  readonly preview: Preview;
  readonly now: () => number;
}

export const { useApp, useAppState, useActions } = pageHooks<PicturePage>();
