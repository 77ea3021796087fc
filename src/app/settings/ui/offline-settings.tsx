import { Download, Wifi, X } from 'lucide-react';
import type { BuildFile } from '../../../engine/service-worker.ts';
import type { OfflineFiles, OfflineProgress } from '../../pwa/offline.ts';
import { usePwa } from '../../pwa/pwa-context.tsx';
import { SelfTest } from './self-test.tsx';
import { useOfflineFiles } from './use-offline-files.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import { Facts } from './facts.tsx';
import { ProgressBar } from '../../base/controls/progress-bar.tsx';
import styles from './offline-settings.module.css';

/** What works without a network, and what it takes to have it all. */
export function OfflineSettings() {
  const {
    settings: { offline },
    errors,
  } = useWords();
  const { now, install, applyUpdate } = usePwa();
  const { state, look, fetchMissing, cancel } = useOfflineFiles();
  return (
    <section className="group">
      <h3>{offline.title}</h3>
      {state.status === 'preparing' ? <p role="status">{offline.preparing}</p> : null}
      {state.status === 'unavailable' ? <p>{offline.unavailable}</p> : null}
      {state.status === 'known' ? <Kept files={state.files} /> : null}
      {state.status === 'known' && state.problem ? (
        <p className="problem">{offline.broken(errors[state.problem.code].title)}</p>
      ) : null}
      {state.status === 'fetching' ? <Fetching progress={state.progress} onCancel={cancel} /> : null}
      <div className="row">
        {state.status === 'known' && state.files.missing.length > 0 ? (
          <button type="button" className="button outline" onClick={() => void fetchMissing()}>
            <Wifi size={17} aria-hidden />
            {offline.fetchAll}
          </button>
        ) : null}
        {now.installable ? (
          <button type="button" className="button outline" onClick={install}>
            <Download size={17} aria-hidden />
            {offline.install}
          </button>
        ) : null}
        {now.update === 'ready' ? (
          <button type="button" className="button soft" onClick={applyUpdate}>
            {offline.update}
          </button>
        ) : null}
      </div>
      {state.status === 'known' ? <SelfTest onDone={() => void look()} /> : null}
    </section>
  );
}

const runtimeOf = (url: string) => /\/(ort|ffmpeg)-[^/]*$/.exec(url)?.[1];

const parts: readonly (readonly [
  keyof Words['settings']['offline']['parts'],
  (file: BuildFile) => boolean,
])[] = [
  ['app', ({ kind }) => kind === 'shell'],
  ['model', ({ kind }) => kind === 'model'],
  ['runtime', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === 'ort'],
  ['encoder', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === 'ffmpeg'],
  ['guide', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === undefined],
];

function Kept({ files: { kept, missing } }: { files: OfflineFiles }) {
  const { offline } = useWords().settings;
  const rows = parts.flatMap(([name, belongs]) => {
    const [here, away] = [kept.filter(belongs).length, missing.filter(belongs).length];
    if (here + away === 0) return [];
    const where =
      away === 0 ? offline.here : here === 0 ? offline.whenUsed : offline.filesOf(here, here + away);
    return [[offline.parts[name], where] as const];
  });
  return <Facts rows={rows} />;
}

function Fetching({ progress, onCancel }: { progress: OfflineProgress | null; onCancel: () => void }) {
  const words = useWords();
  return (
    <div className={styles.fetching}>
      <ProgressBar
        thick
        label={words.settings.offline.fetching}
        fraction={progress ? progress.doneFiles / progress.totalFiles : 0}
      />
      <p>{progress ? progressWords(words, progress) : words.common.looking}</p>
      <button type="button" className="button" onClick={onCancel}>
        <X size={17} aria-hidden />
        {words.common.cancel}
      </button>
    </div>
  );
}

function progressWords(
  { format, settings }: Words,
  { doneFiles, totalFiles, loadedBytes, totalBytes }: OfflineProgress,
): string {
  const bytes = totalBytes === null ? format.bytes(loadedBytes) : format.bytesOf(loadedBytes, totalBytes);
  return settings.offline.progress(doneFiles, totalFiles, bytes);
}
