import { pictureSize } from '../../../domain/video/prompts.ts';
import { ratioParts, SizeField } from '../../base/controls/size-field.tsx';
import { sizeRules } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useApp, useAppState } from '../hooks.ts';
import { useProblems } from './use-problems.ts';

const aspects = ['1:1', '4:3', '3:2', '16:9', '3:4', '2:3', '9:16'] as const;
const presets = aspects.map((name) => ({ id: name, name }));

/** The picture's size: as much as the model draws well, in the chosen shape. */
export function PictureSize() {
  const { picture, format } = useWords();
  const { edit, chooseAspect } = useActions();
  const { store } = useApp();
  const { width, height } = useAppState((state) => state.draft);
  const multiple = useAppState((state) => sizeRules(state).sizeMultiple);
  const problem = useProblems().size;
  const nearest = problem?.nearest;
  const chosen = aspects.find((aspect) => {
    const size = pictureSize(ratioParts(aspect), sizeRules(store.getState()));
    return size.width === width && size.height === height;
  });
  return (
    <SizeField
      width={width}
      height={height}
      onSize={edit}
      presetsLabel={picture.aspect}
      presets={presets}
      chosen={chosen ?? ''}
      onPreset={(aspect) => chooseAspect(ratioParts(aspect))}
      step={multiple}
      wrong={problem ? ['width', 'height'] : []}
      problem={problem?.message}
      fix={
        nearest ? (
          <button type="button" className="button soft small" onClick={() => edit(nearest)}>
            {picture.useSize(format.size(nearest.width, nearest.height))}
          </button>
        ) : null
      }
    />
  );
}
