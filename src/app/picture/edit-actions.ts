/** The ways to change a picture. What does it is fetched then (`app/edit/`). */
import type { ToEdit } from './open-editor.ts';
import type { PictureContext } from './picture-context.ts';
import type { EditTool } from './picture-state.ts';

const fetched = () => import('./open-editor.ts');

export function editActions(context: PictureContext) {
  const openEditor = async (tool: EditTool, toEdit: ToEdit) =>
    (await fetched()).openEditor(context, tool, toEdit);
  return {
    openEditor,
    closeEditor: async () => (await fetched()).closeEditor(context),
    /** A picture of this session, under a name for people. */
    editPicture: async (tool: EditTool, id: string, named: Pick<ToEdit, 'name' | 'prompt'>) => {
      const picture = context.kept.get(id);
      if (picture) await openEditor(tool, { ...picture, ...named });
    },
    /** The source, as it was dropped or chosen. */
    editSource: async (tool: EditTool) => {
      const { source } = context.store.getState();
      if (source && context.open.source)
        await openEditor(tool, { file: context.open.source, name: source.name });
    },
  };
}

export type EditActions = ReturnType<typeof editActions>;
