import { toPictureScreen } from '../../picture/to-picture-screen.ts';
import { Maximize } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { enlargeScales, usualDetail, type EnlargeScale } from '../../../domain/diffusion/edit/enlarging.ts';
import { isAbort, toPlainError, type PlainError } from '../../../domain/errors.ts';
import { limits } from '../../../domain/limits.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { RunLine } from '../../base/controls/run-line.tsx';
import type { EditedPicture } from '../../picture/picture-state.ts';
import { useEditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { enlargeInTurn, type EnlargeProgress, type EnlargeWay } from '../enlarge.ts';
import { useActions, useApp } from '../hooks.ts';
import styles from './enlarge-picture-dialog.module.css';
import { ScaleChoice } from './scale-choice.tsx';
import { WayFields } from './way-fields.tsx';

type Run =
  | { readonly status: 'idle' }
  | ({ readonly status: 'running'; readonly cancelling: boolean } & EnlargeProgress)
  | { readonly status: 'failed'; readonly error: PlainError };

const begun = { status: 'running', cancelling: false, fraction: 0, expectedEndMs: null } as const;

/** A larger picture of the same, kept beside it. */
export default function EnlargePictureDialog({ picture }: { picture: EditedPicture }) {
  const { enlarge: words } = useEditWords();
  const { errors, format } = useWords();
  const { closeEditor } = useActions();
  const { run, start, cancel } = useEnlarging(picture);
  const fits = (scale: EnlargeScale) =>
    Math.max(picture.width, picture.height) * scale <= limits.edit.largestSide;
  const [scale, setScale] = useState<EnlargeScale>(2);
  const [way, setWay] = useState<EnlargeWay>({
    how: 'filter',
    prompt: picture.prompt,
    strength: usualDetail.strength,
  });
  const running = run.status === 'running';
  return (
    <Modal title={words.title} open onClose={() => void closeEditor()}>
      <div className={styles.picture}>
        <img src={picture.url} alt="" />
        <div>
          <p className={styles.name} dir="auto">
            {picture.name}
          </p>
          <p className="hint" role="status">
            {words.becomes(
              format.size(picture.width, picture.height),
              format.size(picture.width * scale, picture.height * scale),
            )}
          </p>
        </div>
      </div>
      <ScaleChoice scales={enlargeScales} value={scale} onValue={setScale} disabled={running} />
      <WayFields value={way} onValue={setWay} disabled={running} />
      {fits(scale) ? null : (
        <p className="problem" role="alert">
          {words.tooLarge(limits.edit.largestSide)}
        </p>
      )}
      {run.status === 'failed' ? (
        <p className="problem" role="alert">
          {errors[run.error.code].title}. {errors[run.error.code].advice}
        </p>
      ) : null}
      {running ? (
        <RunLine
          label={words.progress}
          fraction={run.fraction}
          words={words.progress}
          expectedEndMs={run.expectedEndMs}
          cancelling={run.cancelling}
          onCancel={cancel}
        />
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={!fits(scale)}
          onClick={() => void start(scale, way)}
        >
          <Maximize size={18} aria-hidden />
          {words.start}
        </button>
      )}
    </Modal>
  );
}

/** Ends with the dialog: what is closed is not wanted any more. */
function useEnlarging(picture: EditedPicture) {
  const { context } = useApp();
  const { closeEditor } = useActions();
  const [run, setRun] = useState<Run>({ status: 'idle' });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async (scale: EnlargeScale, way: EnlargeWay) => {
    const file = context.open.editing;
    if (!file) return;
    const controller = new AbortController();
    stop.current = controller;
    setRun(begun);
    const tell = (progress: EnlargeProgress) =>
      setRun((now) => ({ ...begun, ...now, ...progress, status: 'running' }));
    try {
      await enlargeInTurn(context, { picture, file, scale, way }, controller.signal, tell);
      await closeEditor();
      toPictureScreen();
    } catch (error) {
      setRun(isAbort(error) ? { status: 'idle' } : { status: 'failed', error: toPlainError(error) });
    }
  };
  const cancel = () => {
    setRun((now) => (now.status === 'running' ? { ...now, cancelling: true } : now));
    stop.current?.abort();
  };
  return { run, start, cancel };
}
