/** The pictures of this session: choosing, reusing, removing. */
import { type PictureContext } from './picture-context.ts';
import { applySettings } from './draft-actions.ts';
import { forgetWork } from '../making/keep-works.ts';
import { takeSourceFile } from './source-file.ts';
import { message } from '../words/message.ts';
import { showToast } from '../base/toasts.ts';
import type { Picture } from './picture-state.ts';

export function pictureActions(context: PictureContext) {
  const { store, kept, deps } = context;

  const forget = (picture: Picture) => {
    const work = kept.get(picture.id)?.work;
    if (work) void forgetWork(context, work);
    kept.delete(picture.id);
    deps.images.revokeUrl(picture.url);
  };

  return {
    select: (id: string) => store.setState({ view: { kind: 'picture', id } }),
    closeText: () => store.setState({ shownText: null }),
    showLive: () => store.setState({ view: { kind: 'live' } }),
    /** The PNG with its recipe inside. */
    pictureFile: (id: string): Blob | undefined => kept.get(id)?.file,
    /** What it began from. */
    sourceFile: (id: string): Blob | undefined => kept.get(id)?.source?.file,
    /** The settings that made it, its seed locked, and the source it began from. */
    reuse: (picture: Picture) => {
      const undo = applySettings(
        context,
        { settings: picture.recipe.settings },
        kept.get(picture.id)?.source,
      );
      showToast(context, message('settingsRestored'), [{ label: message('undo'), run: undo }]);
    },
    /** Image-to-image begins from this picture, under a name for people. */
    makeSource: async (picture: Picture, name: string) => {
      const file = kept.get(picture.id)?.file;
      if (file) await takeSourceFile(context, file, name);
    },
    /** Can be undone until its toast goes; only then the pixels are let go. */
    remove: (picture: Picture) => {
      const before = store.getState();
      const index = before.pictures.indexOf(picture);
      if (index < 0) return;
      const pictures = before.pictures.toSpliced(index, 1);
      const neighbour = pictures[Math.min(index, pictures.length - 1)];
      const shown = before.view.kind === 'picture' && before.view.id === picture.id;
      const view = neighbour ? ({ kind: 'picture', id: neighbour.id } as const) : ({ kind: 'live' } as const);
      store.setState(shown ? { pictures, view } : { pictures });
      const undo = () =>
        store.setState((state) => ({
          pictures: state.pictures.toSpliced(Math.min(index, state.pictures.length), 0, picture),
          view: { kind: 'picture', id: picture.id },
        }));
      showToast(context, message('pictureDeleted'), [{ label: message('undo'), run: undo }], () =>
        forget(picture),
      );
    },
  };
}

export type PictureActions = ReturnType<typeof pictureActions>;
