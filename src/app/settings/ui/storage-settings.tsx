import { Trash2 } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useApp } from '../../shell/app-hooks.tsx';
import type { AppStore } from '../../shell/app-store.ts';
import { useModelsState } from '../../models/models-hooks.tsx';
import { deleteAndReload, notAllDeleted } from '../finish-deleting.ts';
import { amountOf, cachedBytes, type Amount } from '../../base/storage/stored-facts.ts';
import { isStorageShort, type StorageUsage } from '../../base/storage/usage.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { formatBytes } from '../../base/format.ts';

interface Stored {
  readonly pictures: Amount;
  readonly films: Amount;
  readonly appBytes: number;
  readonly jobs: number;
  readonly usage: StorageUsage | null;
}

/** What is on this device because of this app, and how to be rid of it. */
export function StorageSettings() {
  const app = useApp();
  const [stored, setStored] = useState<Stored | null>(null);
  const [asking, setAsking] = useState(false);
  const look = useCallback(() => readStored(app).then(setStored), [app]);
  useEffect(() => void look(), [look]);
  const persist = async () => {
    const granted = await navigator.storage.persist();
    if (!granted)
      app.actions.tell('The browser did not agree. Installing the app, or using it more often, may help.');
    await look();
  };
  return (
    <section className="group">
      <h3>Storage</h3>
      <Suspense fallback={<p className="hint">Looking …</p>}>
        {stored ? <Facts stored={stored} /> : <p className="hint">Looking …</p>}
      </Suspense>
      {stored?.usage && isStorageShort(stored.usage) ? (
        <p className="problem">
          Storage is running short: new works may not find room. Export works from the gallery and delete some
          there, or remove a model.
        </p>
      ) : null}
      <div className="row">
        {stored?.usage?.persistent === false ? (
          <button type="button" className="button outline" onClick={() => void persist()}>
            Ask the browser to keep it
          </button>
        ) : null}
        <button type="button" className="button outline" onClick={() => setAsking(true)}>
          <Trash2 size={17} aria-hidden />
          Delete everything …
        </button>
      </div>
      {asking ? <ReallyDelete stored={stored} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

function Facts({ stored }: { stored: Stored }) {
  const { pictures, films, appBytes, jobs, usage } = stored;
  const models = useStoredModels();
  const restBytes = usage && usage.usedBytes - pictures.bytes - films.bytes - models.bytes - appBytes;
  const facts: readonly (readonly [string, string])[] = [
    ['Pictures', amountWords(pictures, 'picture')],
    ['Films', amountWords(films, 'film')],
    ['Models', amountWords(models, 'model')],
    ['The app itself', formatBytes(appBytes)],
    ...(jobs > 0 ? [['Waiting line', jobsWords(jobs)] as const] : []),
    ...(restBytes !== null && restBytes > 0 ? [['Everything else', formatBytes(restBytes)] as const] : []),
    ...(usage
      ? [
          [
            'Together',
            `${formatBytes(usage.usedBytes)} of ${formatBytes(usage.quotaBytes)} that this browser allows`,
          ] as const,
          [
            'When the disk is full',
            usage.persistent ? 'The browser keeps it' : 'The browser may delete it',
          ] as const,
        ]
      : []),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

const jobsWords = (jobs: number) => `${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;

const amountWords = ({ count, bytes }: Amount, thing: string) =>
  count === 0 ? 'None' : `${count} ${count === 1 ? thing : `${thing}s`}, ${formatBytes(bytes)}`;

/** Downloads that are not finished count with what is there. */
function useStoredModels(): Amount {
  const { models } = useModelsState((state) => state.shelf);
  const bytes = models.map(({ plan, state }) =>
    state.kind === 'ready' ? plan.totalBytes : state.loadedBytes,
  );
  return { count: models.length, bytes: bytes.reduce((sum, each) => sum + each, 0) };
}

function ReallyDelete({ stored, onClose }: { stored: Stored | null; onClose: () => void }) {
  const { actions } = useApp();
  const [deleting, setDeleting] = useState(false);
  const act = async () => {
    setDeleting(true);
    try {
      await deleteAndReload(scope());
    } catch {
      setDeleting(false);
      actions.tell(notAllDeleted);
    }
  };
  const works = [
    ...(stored && stored.pictures.count > 0 ? [amountWords(stored.pictures, 'picture')] : []),
    ...(stored && stored.films.count > 0 ? [amountWords(stored.films, 'film')] : []),
  ];
  return (
    <Modal title="Delete everything?" open onClose={onClose}>
      <p>This deletes from this device, for good:</p>
      <ul className="to-delete">
        {works.length > 0 ? <li>the gallery: {works.join('; ')}</li> : null}
        <li>the waiting line{stored && stored.jobs > 0 ? `: ${jobsWords(stored.jobs)}` : ''}</li>
        <li>films in the making, with their pictures and music</li>
        <li>downloaded models</li>
        <li>settings, and what is kept for use without a network</li>
      </ul>
      <p>It cannot be undone. Works that you want to keep can be exported from the gallery first.</p>
      <div className="row">
        <button type="button" className="button danger" disabled={deleting} onClick={() => void act()}>
          {deleting ? 'Deleting …' : 'Delete everything'}
        </button>
        <button type="button" className="button outline" disabled={deleting} onClick={onClose}>
          Keep it
        </button>
      </div>
    </Modal>
  );
}

const scope = () => new URL('./', document.baseURI).href;

async function readStored({ keeping, context }: AppStore): Promise<Stored> {
  const [works, usage, appBytes, jobs] = await Promise.all([
    keeping?.gallery().then((gallery) => gallery.list()),
    keeping?.usage(),
    cachedBytes((globalThis as { caches?: CacheStorage }).caches, scope()),
    context.deps.line?.records().then((records) => records.list()),
  ]);
  return {
    pictures: amountOf(works ?? [], 'image'),
    films: amountOf(works ?? [], 'film'),
    appBytes,
    jobs: jobs?.length ?? 0,
    usage: usage ?? null,
  };
}
