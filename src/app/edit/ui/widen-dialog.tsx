import { toPictureScreen } from '../../picture/to-picture-screen.ts';
import { useState } from 'react';
import { limits } from '../../../domain/limits.ts';
import { noSides, sidesForShape, widenedMask, widenedSize, type Sides } from '../../../domain/mask/widen.ts';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { ratioParts, ShapePresets } from '../../base/controls/size-field.tsx';
import { sizeRules } from '../../models/chosen-model.ts';
import type { EditedPicture } from '../../picture/picture-state.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { askEdit } from '../ask-edit.ts';
import { beginEdit, editProblems } from '../edit-draft.ts';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { widenedFile } from '../widened-file.ts';
import { EditFields } from './edit-fields.tsx';
import { EditFrame } from './edit-frame.tsx';
import { EditPanel } from './edit-panel.tsx';
import styles from './widen-dialog.module.css';
import { WidenStage } from './widen-stage.tsx';

const shapes = ['1:1', '4:3', '3:2', '16:9', '3:4', '2:3', '9:16'].map((name) => ({ id: name, name }));

/** New ground is drawn from its surroundings' colours, almost freely. */
const usual = { content: 'fill', strength: 0.9, featherPx: 12 } as const;

/** More around a picture; the old pixels stay as they are, but for a soft seam. */
export default function WidenDialog({ picture }: { picture: EditedPicture }) {
  const words = useEditWords();
  const { format } = useWords();
  const { context } = useApp();
  const { closeEditor } = useActions();
  const multiple = useAppState((state) => sizeRules(state).sizeMultiple);
  const [sides, setSides] = useState<Sides>(noSides);
  const [draft, setDraft] = useState(() => beginEdit(picture.prompt, usual));
  const [told, setTold] = useState<'prompt' | 'sides' | null>(null);
  const whole = wholeSides(sides);
  const { width, height } = widenedSize(picture, whole);
  const isWide = Object.values(whole).some((side) => side > 0);
  const most = limits.edit.largestSide;
  const tooLarge = Math.max(width, height) > most;
  const submit = async () => {
    const missing = draft.prompt.trim() === '' ? 'prompt' : isWide ? null : 'sides';
    setTold(missing);
    const file = context.open.editing;
    if (missing || !file || tooLarge || Object.keys(editProblems(draft)).length > 0) return;
    const { name, from } = picture;
    const mask = widenedMask(picture, whole, draft.featherPx);
    const source = { file: await widenedFile(context.deps.images, file, picture, whole), name, from };
    if (!askEdit(context, { draft, mask, source })) return;
    void closeEditor();
    toPictureScreen();
  };
  return (
    <EditFrame
      title={words.widen.title}
      zoom={null}
      onClose={() => void closeEditor()}
      stage={<WidenStage picture={picture} sides={whole} onSides={setSides} stepPx={multiple} />}
      panel={
        <EditPanel
          label={words.widen.title}
          status={
            <p>
              {words.widen.becomes(format.size(picture.width, picture.height), format.size(width, height))}
            </p>
          }
          problem={
            tooLarge ? words.widen.tooLarge(most) : told === 'sides' && !isWide ? words.widen.pullFirst : null
          }
          onSubmit={() => void submit()}
        >
          <fieldset className="field">
            <legend className="label">{words.widen.added}</legend>
            <div className={styles.sides}>
              {(['left', 'right', 'top', 'bottom'] as const).map((side) => (
                <label key={side} className={styles.side}>
                  {words.widen.sides[side]}
                  <NumberInput
                    min={0}
                    step={multiple}
                    value={sides[side]}
                    onValue={(value) => setSides({ ...sides, [side]: value })}
                  />
                </label>
              ))}
            </div>
          </fieldset>
          <div className="field">
            <span className="label">{words.widen.shape}</span>
            <ShapePresets
              presetsLabel={words.widen.shape}
              presets={shapes}
              chosen=""
              onPreset={(name) => setSides(sidesForShape(picture, ratioParts(name), multiple))}
            />
          </div>
          <EditFields
            draft={draft}
            onEdit={(change) => setDraft({ ...draft, ...change })}
            problems={editProblems(draft)}
            promptMissing={told === 'prompt' && draft.prompt.trim() === ''}
          />
        </EditPanel>
      }
    />
  );
}

/** What is being typed may be no number yet. */
function wholeSides(sides: Sides): Sides {
  const whole = (side: number) => (side > 0 ? Math.min(limits.read.side.max, Math.round(side)) : 0);
  const { left, top, right, bottom } = sides;
  return { left: whole(left), top: whole(top), right: whole(right), bottom: whole(bottom) };
}
