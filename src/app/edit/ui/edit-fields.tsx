import { inpaintAreas, maskedContents } from '../../../domain/diffusion/edit/inpainting.ts';
import { limits, type Range } from '../../../domain/limits.ts';
import { Field } from '../../base/controls/field.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import type { EditDraft, EditProblems } from '../edit-draft.ts';

interface EditFieldsProps {
  readonly draft: EditDraft;
  readonly onEdit: (change: Partial<EditDraft>) => void;
  readonly problems: EditProblems;
  /** Generate was pressed without any words. */
  readonly promptMissing: boolean;
}

/** What shall be under the mask, and how it is drawn. */
export function EditFields({ draft, onEdit, problems, promptMissing }: EditFieldsProps) {
  const words = useEditWords();
  const problem = (range: Range | undefined) => range && words.outside(range.min, range.max);
  return (
    <>
      <Field label={words.prompt} problem={promptMissing ? words.needsPrompt : undefined}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={3}
            dir="auto"
            placeholder={words.promptHint}
            value={draft.prompt}
            onChange={(event) => onEdit({ prompt: event.target.value })}
          />
        )}
      </Field>
      <SliderField
        label={words.strength}
        {...limits.strength}
        step={0.01}
        value={draft.strength}
        onValue={(strength) => onEdit({ strength })}
        problem={problem(problems.strength)}
        hint={words.strengthHint}
      />
      <SelectField
        label={words.content}
        value={draft.content}
        onValue={(content) => onEdit({ content })}
        options={maskedContents.map((value) => ({ value, label: words.contents[value] }))}
      />
      <SelectField
        label={words.area}
        value={draft.area}
        onValue={(area) => onEdit({ area })}
        options={inpaintAreas.map((value) => ({ value, label: words.areas[value] }))}
      />
      {draft.area === 'masked' ? (
        <SliderField
          label={words.padding}
          {...limits.edit.paddingPx}
          step={1}
          value={draft.paddingPx}
          onValue={(paddingPx) => onEdit({ paddingPx })}
          problem={problem(problems.paddingPx)}
          hint={words.paddingHint}
        />
      ) : null}
      <SliderField
        label={words.feather}
        {...limits.edit.featherPx}
        step={1}
        value={draft.featherPx}
        onValue={(featherPx) => onEdit({ featherPx })}
        problem={problem(problems.featherPx)}
        hint={words.featherHint}
      />
    </>
  );
}
