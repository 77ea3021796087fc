import { toPictureScreen } from '../../picture/to-picture-screen.ts';
import { useState, type KeyboardEvent } from 'react';
import type { MaskStep } from '../../../domain/mask/mask-step.ts';
import { Disclosure } from '../../base/controls/disclosure.tsx';
import { useStore } from '../../base/store.ts';
import type { EditedPicture } from '../../picture/picture-state.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { askEdit } from '../ask-edit.ts';
import { beginEdit, editProblems, type EditDraft } from '../edit-draft.ts';
import { useActions, useApp } from '../hooks.ts';
import { createPainting, nextSize, type Painting, type PaintTool } from '../painting.ts';
import { EditFields } from './edit-fields.tsx';
import { EditFrame } from './edit-frame.tsx';
import { EditPanel } from './edit-panel.tsx';
import { PaintStage } from './paint-stage.tsx';
import { PaintTools } from './paint-tools.tsx';
import { boxOf, RectangleFields, type Rectangle } from './rectangle-fields.tsx';
import { useStage } from './use-stage.ts';

/** What was painted on a picture is there again when it is opened once more, as long as the page lives. */
const kept = new Map<string, readonly MaskStep[]>();
let usual: Partial<EditDraft> = {};

/** What shall change is painted over; the rest of the picture stays as it is. */
export default function PaintDialog({ picture }: { picture: EditedPicture }) {
  const words = useEditWords();
  const { context } = useApp();
  const { closeEditor } = useActions();
  const { width, height, url, name, from } = picture;
  const key = `${from ?? name} ${width}x${height}`;
  const [painting] = useState(() => createPainting(width, height, kept.get(key)));
  const [draft, setDraft] = useState(() => beginEdit(picture.prompt, usual));
  const [told, setTold] = useState<'prompt' | 'paint' | null>(null);
  const [rectangle, setRectangle] = useState(() => middleOf(width, height));
  const [byNumbers, setByNumbers] = useState(false);
  const stage = useStage(picture);
  const mostPx = Math.max(width, height);
  const close = () => {
    kept.set(key, painting.steps());
    void closeEditor();
  };
  const submit = () => {
    const isEmpty = painting.state.getState().bounds === null;
    const missing = draft.prompt.trim() === '' ? 'prompt' : isEmpty ? 'paint' : null;
    setTold(missing);
    const file = context.open.editing;
    if (missing || !file || Object.keys(editProblems(draft)).length > 0) return;
    usual = draft;
    if (!askEdit(context, { draft, mask: painting.mask, source: { file, name, from } })) return;
    close();
    toPictureScreen();
  };
  return (
    <EditFrame
      title={words.paint.title}
      zoom={stage.zoom.buttons}
      onClose={close}
      onKeyDown={(event) => onKey(event, painting, mostPx)}
      tools={<PaintTools painting={painting} mostPx={mostPx} />}
      stage={
        <PaintStage
          painting={painting}
          stage={stage}
          url={url}
          planned={byNumbers ? boxOf(rectangle) : null}
        />
      }
      panel={
        <EditPanel
          label={words.paint.title}
          status={<Painted painting={painting} />}
          problem={told === 'paint' ? words.paint.paintFirst : null}
          onSubmit={submit}
        >
          <EditFields
            draft={draft}
            onEdit={(change) => setDraft({ ...draft, ...change })}
            problems={editProblems(draft)}
            promptMissing={told === 'prompt' && draft.prompt.trim() === ''}
          />
          <Disclosure label={words.paint.rectangle} open={byNumbers} onOpenChange={setByNumbers}>
            <RectangleFields painting={painting} value={rectangle} onValue={setRectangle} />
          </Disclosure>
        </EditPanel>
      }
    />
  );
}

/** How much, in words; where, for those who do not see it. */
function Painted({ painting }: { painting: Painting }) {
  const { paint } = useEditWords();
  const share = useStore(painting.state, (state) => state.share);
  const bounds = useStore(painting.state, (state) => state.bounds);
  if (!bounds) return <p>{paint.nothing}</p>;
  return (
    <p>
      {paint.changes(share)}{' '}
      <span className="visually-hidden">
        {paint.bounds(bounds.left, bounds.top, bounds.right, bounds.bottom)}
      </span>
    </p>
  );
}

const middleOf = (width: number, height: number): Rectangle => ({
  left: Math.round(width / 4),
  top: Math.round(height / 4),
  width: Math.round(width / 2),
  height: Math.round(height / 2),
});

const toolKeys: Readonly<Record<string, PaintTool>> = { b: 'brush', e: 'eraser', l: 'lasso', g: 'fill' };

function onKey(event: KeyboardEvent, painting: Painting, mostPx: number): void {
  // What is typed into a field is text.
  if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return;
  const key = event.key.toLowerCase();
  const { choose, resize, add, undo, redo, state } = painting;
  const { sizePx } = state.getState();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
    else if (key === 'z') undo();
    else return;
  } else if (key === '[' || key === ']') resize(nextSize(sizePx, key === ']' ? 1 : -1, mostPx));
  else if (key === 'i') add({ kind: 'invert' });
  else if (key === 'delete' || key === 'backspace') add({ kind: 'clear' });
  else if (toolKeys[key]) choose(toolKeys[key]);
  else return;
  event.preventDefault();
}
