import { ArrowLeftRight } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { pictureSize } from '../../../domain/video/prompts.ts';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { useProblems } from './use-problems.ts';
import { sizeRules } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';

const aspects = ['1:1', '4:3', '3:2', '16:9', '3:4', '2:3', '9:16'] as const;

function parts(aspect: string) {
  const [width = 1, height = 1] = aspect.split(':').map(Number);
  return { width, height };
}

const shapePx = 22;

/** Fits a square of `shapePx`. */
function shape(aspect: string) {
  const { width, height } = parts(aspect);
  const longer = Math.max(width, height);
  return { width: (shapePx * width) / longer, height: (shapePx * height) / longer };
}

export function SizeField() {
  const { picture, common, format } = useWords();
  const { edit, chooseAspect } = useActions();
  const { store } = useApp();
  const { width, height } = useAppState((state) => state.draft);
  const multiple = useAppState((state) => sizeRules(state).sizeMultiple);
  const problem = useProblems().size;
  const id = useId();
  const invalid = {
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  };
  const chosen = aspects.find((aspect) => {
    const size = pictureSize(parts(aspect), sizeRules(store.getState()));
    return size.width === width && size.height === height;
  });
  const nearest = problem?.nearest;
  return (
    <fieldset className="field plain">
      <legend className="label">{common.size}</legend>
      <ToggleGroup.Root
        className="aspects"
        type="single"
        aria-label={picture.aspect}
        value={chosen ?? ''}
        onValueChange={(aspect) => aspect && chooseAspect(parts(aspect))}
      >
        {aspects.map((aspect) => (
          <ToggleGroup.Item key={aspect} value={aspect} className="aspect">
            <span className="aspect-shape" style={shape(aspect)} aria-hidden />
            {aspect}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <div className="size-row">
        <label className="unit">
          <span>{common.width}</span>
          <NumberInput
            {...invalid}
            step={multiple}
            value={width}
            onValue={(value) => edit({ width: value })}
          />
        </label>
        <IconButton
          label={common.swapSides}
          icon={ArrowLeftRight}
          onClick={() => edit({ width: height, height: width })}
        />
        <label className="unit">
          <span>{common.height}</span>
          <NumberInput
            {...invalid}
            step={multiple}
            value={height}
            onValue={(value) => edit({ height: value })}
          />
        </label>
      </div>
      {problem ? (
        <p className="problem" id={`${id}-problem`}>
          {problem.message}
          {nearest ? (
            <button type="button" className="button soft small" onClick={() => edit(nearest)}>
              {picture.useSize(format.size(nearest.width, nearest.height))}
            </button>
          ) : null}
        </p>
      ) : null}
    </fieldset>
  );
}
