import { Download, Wifi, X } from 'lucide-react';
import type { BuildFile } from '../../../engine/service-worker.ts';
import type { OfflineFiles, OfflineProgress } from '../../pwa/offline.ts';
import { errorWords } from '../../base/error-words.ts';
import { formatBytes, formatBytesOf } from '../../base/format.ts';
import { usePwa } from '../../shell/pwa-context.tsx';
import { SelfTest } from './self-test.tsx';
import { useOfflineFiles } from './use-offline-files.ts';

/** What works without a network, and what it takes to have it all. */
export function OfflineSettings() {
  const { now, install, applyUpdate } = usePwa();
  const { state, look, fetchMissing, cancel } = useOfflineFiles();
  return (
    <section className="group">
      <h3>Without a network</h3>
      {state.status === 'preparing' ? <p role="status">Being prepared …</p> : null}
      {state.status === 'unavailable' ? (
        <p>This page is not kept for use without a network: the browser has no service worker for it.</p>
      ) : null}
      {state.status === 'known' ? <Kept files={state.files} /> : null}
      {state.status === 'known' && state.problem ? (
        <p className="problem">{errorWords[state.problem.code].title}. What has arrived is kept.</p>
      ) : null}
      {state.status === 'fetching' ? <Fetching progress={state.progress} onCancel={cancel} /> : null}
      <div className="row">
        {state.status === 'known' && state.files.missing.length > 0 ? (
          <button type="button" className="button outline" onClick={() => void fetchMissing()}>
            <Wifi size={17} aria-hidden />
            Make everything available offline
          </button>
        ) : null}
        {now.installable ? (
          <button type="button" className="button outline" onClick={install}>
            <Download size={17} aria-hidden />
            Install Zoetrope
          </button>
        ) : null}
        {now.update === 'ready' ? (
          <button type="button" className="button soft" onClick={applyUpdate}>
            Reload into the new version
          </button>
        ) : null}
      </div>
      {state.status === 'known' ? <SelfTest onDone={() => void look()} /> : null}
    </section>
  );
}

const runtimeOf = (url: string) => /\/(ort|ffmpeg)-[^/]*$/.exec(url)?.[1];

const parts: readonly (readonly [string, (file: BuildFile) => boolean])[] = [
  ['App', ({ kind }) => kind === 'shell'],
  ['Built-in model', ({ kind }) => kind === 'model'],
  ['Computing', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === 'ort'],
  ['Film encoder', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === 'ffmpeg'],
  ['Guide to the API', ({ kind, url }) => kind === 'runtime' && runtimeOf(url) === undefined],
];

function Kept({ files: { kept, missing } }: { files: OfflineFiles }) {
  return (
    <dl className="facts">
      {parts.map(([name, belongs]) => {
        const [here, away] = [kept.filter(belongs).length, missing.filter(belongs).length];
        if (here + away === 0) return null;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {away === 0 ? 'Here' : here === 0 ? 'When it is first used' : `${here} of ${here + away} files`}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Fetching({ progress, onCancel }: { progress: OfflineProgress | null; onCancel: () => void }) {
  return (
    <div className="offline-progress">
      <progress
        aria-label="Fetching files"
        max={progress?.totalFiles ?? 1}
        value={progress?.doneFiles ?? 0}
      />
      <p>{progress ? progressWords(progress) : 'Looking …'}</p>
      <button type="button" className="button" onClick={onCancel}>
        <X size={17} aria-hidden />
        Cancel
      </button>
    </div>
  );
}

function progressWords({ doneFiles, totalFiles, loadedBytes, totalBytes }: OfflineProgress): string {
  const bytes = totalBytes === null ? formatBytes(loadedBytes) : formatBytesOf(loadedBytes, totalBytes);
  return `${doneFiles} of ${totalFiles} files, ${bytes}`;
}
