import { Download, Share2, X } from 'lucide-react';
import { saveFile } from '../../base/save-file.ts';
import { canShareFiles, maxShareBytes, shareFiles } from '../../share/share-file.ts';
import { useActions } from '../hooks.ts';
import type { FinishedFilm, OutputState } from '../film-state.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { RunLine } from '../../base/controls/run-line.tsx';
import { Trouble } from './trouble.tsx';
import { useFilmActions, useFilmState } from './use-film.tsx';
import { message } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import { showProblems } from './show-problems.ts';
import { exportWords } from '../../making/ui/export-words.ts';
import styles from './output-panel.module.css';

/** The file: in the making, finished, or why there is none. */
export function OutputPanel() {
  const words = useWords();
  const output = useFilmState((state) => state.output);
  const { cancelExport, exportFilm } = useFilmActions();
  switch (output.status) {
    case 'none':
      return null;
    case 'running':
      if (output.now.stage === 'pictures') return null;
      return (
        <RunLine
          label={words.film.exporting}
          fraction={fractionOf(output)}
          words={exportWords(words.run, output.now)}
          expectedEndMs={output.now.stage === 'frames' ? output.expectedEndMs : null}
          cancelling={output.cancelling}
          onCancel={cancelExport}
        />
      );
    case 'cancelled':
      return (
        <p className="hint" role="status">
          {words.film.exportStopped}
        </p>
      );
    case 'failed':
      return <Trouble error={output.error} onRetry={() => showProblems(exportFilm())} />;
    case 'done':
      return <Finished film={output.film} fallback={output.notice !== null} />;
  }
}

/** Putting the file together is short against writing the frames. */
const framesShare = 0.95;

function fractionOf({ now }: Extract<OutputState, { status: 'running' }>): number {
  if (now.stage === 'frames') return framesShare * (now.done / now.total);
  return now.stage === 'finish' ? framesShare : 0;
}

function Finished({ film, fallback }: { film: FinishedFilm; fallback: boolean }) {
  const { film: words, common } = useWords();
  const { dismissOutput } = useFilmActions();
  const say = film.encoder === 'ffmpeg' ? words.finishedByFfmpeg : words.finished;
  return (
    <div className={styles.finished} role="status">
      <div className={styles.facts}>
        <h3 dir="ltr">{film.fileName}</h3>
        <p className="hint">{say(film.sizeBytes, film.durationSec, film.seconds)}</p>
        {film.smaller ? (
          <p className="hint">{words.finishedSmaller(film.smaller.width, film.smaller.height)}</p>
        ) : null}
        {fallback ? <p className="hint">{words.fallback}</p> : null}
      </div>
      <IconButton className={styles.close} label={common.close} icon={X} onClick={dismissOutput} />
      <FinishedActions film={film} />
    </div>
  );
}

function FinishedActions({ film }: { film: FinishedFilm }) {
  const { common, film: words } = useWords();
  const { finishedFile } = useFilmActions();
  const { tell } = useActions();
  const file = () => {
    const blob = finishedFile();
    return blob && new File([blob], film.fileName, { type: film.mediaType });
  };
  const share = async () => {
    const shared = file();
    if (shared && !(await shareFiles([shared], film.fileName))) tell(message('filmNotTaken'));
  };
  const probe = new File([], film.fileName, { type: film.mediaType });
  return (
    <div className={styles.actions}>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          const saved = file();
          if (saved) saveFile(saved, film.fileName);
        }}
      >
        <Download size={17} aria-hidden />
        {common.save}
      </button>
      {!canShareFiles([probe]) ? null : film.sizeBytes > maxShareBytes ? (
        <p className="hint">{words.tooLargeToShare(maxShareBytes)}</p>
      ) : (
        <button type="button" className="button outline" onClick={() => void share()}>
          <Share2 size={17} aria-hidden />
          {common.share}
        </button>
      )}
    </div>
  );
}
