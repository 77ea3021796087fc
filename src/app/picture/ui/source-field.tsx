import { ImagePlus, X } from 'lucide-react';
import { lazy, Suspense, useId, useRef } from 'react';
import { useActions, useAppState } from '../hooks.ts';
import { limits } from '../../../domain/limits.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useProblems } from './use-problems.ts';
import { wordsOf } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import type { SourcePicture } from '../picture-state.ts';
import styles from './source-field.module.css';

const EditButtons = lazy(() => import('./edit-buttons.tsx'));

/** Image-to-image: the next picture begins from this one. */
export function SourceField() {
  const { picture, pictureProblems } = useWords();
  const source = useAppState((state) => state.source);
  const problem = useAppState((state) => state.sourceProblem);
  const unable = useAppState((state) => state.engine.status === 'ready' && !state.engine.model.canEncode);
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={problem ? `${id}-problem` : undefined}>
      <legend className="label">{picture.source}</legend>
      {unable ? <p className="hint">{picture.sourceUnable}</p> : null}
      {source ? (
        <ChosenSource source={source} />
      ) : (
        <SourcePicker disabled={unable} invalid={problem !== null} />
      )}
      {problem ? (
        <p className="problem" id={`${id}-problem`} role="alert">
          {wordsOf(pictureProblems, problem)}
        </p>
      ) : null}
    </fieldset>
  );
}

function SourcePicker({ disabled, invalid }: { disabled: boolean; invalid: boolean }) {
  const { picture } = useWords();
  const { chooseSource } = useActions();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={styles.picker}
        disabled={disabled}
        data-invalid={invalid || undefined}
        onClick={() => input.current?.click()}
      >
        <ImagePlus size={20} aria-hidden />
        <span>
          {picture.sourceChoose}
          <span className="hint">{picture.sourceDrop}</span>
        </span>
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*"
        aria-label={picture.sourceFile}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void chooseSource(file, file.name);
          target.value = '';
        }}
      />
    </>
  );
}

function ChosenSource({ source }: { source: SourcePicture }) {
  const { picture, format } = useWords();
  const { clearSource, edit, editSource } = useActions();
  const strength = useAppState((state) => state.draft.strength);
  const problem = useProblems().strength?.message;
  return (
    <div className={styles.source}>
      <div className={styles.head}>
        <img className={styles.thumb} src={source.url} alt="" />
        <div className={styles.name}>
          <bdi>{source.name}</bdi>
          <span className="hint">{format.size(source.width, source.height)}</span>
        </div>
        <IconButton label={picture.sourceRemove} icon={X} onClick={clearSource} />
      </div>
      <Suspense fallback={null}>
        <div className="row">
          <EditButtons onEdit={(tool) => void editSource(tool)} />
        </div>
      </Suspense>
      <SliderField
        label={picture.strength}
        {...limits.strength}
        step={0.01}
        value={strength}
        onValue={(value) => edit({ strength: value })}
        problem={problem}
        hint={picture.strengthHint}
      />
    </div>
  );
}
