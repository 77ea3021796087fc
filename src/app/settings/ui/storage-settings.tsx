import { Trash2 } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useApp } from '../hooks.ts';
import type { SettingsPage } from '../hooks.ts';
import { useModelsState } from '../../models/models-hooks.tsx';
import { deleteAndReload } from '../finish-deleting.ts';
import { amountOf, cachedBytes, type Amount } from '../../base/storage/stored-facts.ts';
import { isStorageShort, type StorageUsage } from '../../base/storage/usage.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { message } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import { Facts } from './facts.tsx';
import styles from './storage-settings.module.css';

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
  const {
    settings: { storage: words },
    common,
  } = useWords();
  const [stored, setStored] = useState<Stored | null>(null);
  const [asking, setAsking] = useState(false);
  const look = useCallback(() => readStored(app).then(setStored), [app]);
  useEffect(() => void look(), [look]);
  const persist = async () => {
    const granted = await navigator.storage.persist();
    if (!granted) app.actions.tell(message('notPersisted'));
    await look();
  };
  return (
    <section className="group">
      <h3>{words.title}</h3>
      <Suspense fallback={<p className="hint">{common.looking}</p>}>
        {stored ? <StoredFacts stored={stored} /> : <p className="hint">{common.looking}</p>}
      </Suspense>
      {stored?.usage && isStorageShort(stored.usage) ? <p className="problem">{words.short}</p> : null}
      <div className="row">
        {stored?.usage?.persistent === false ? (
          <button type="button" className="button outline" onClick={() => void persist()}>
            {words.persist}
          </button>
        ) : null}
        <button type="button" className="button outline" onClick={() => setAsking(true)}>
          <Trash2 size={17} aria-hidden />
          {words.deleteAsk}
        </button>
      </div>
      {asking ? <ReallyDelete stored={stored} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

function StoredFacts({ stored }: { stored: Stored }) {
  const {
    settings: { storage: words },
    common,
    format,
  } = useWords();
  const { pictures, films, appBytes, jobs, usage } = stored;
  const models = useStoredModels();
  const restBytes = usage && usage.usedBytes - pictures.bytes - films.bytes - models.bytes - appBytes;
  const facts: readonly (readonly [string, string])[] = [
    [words.pictures, amountWords(words, pictures, common.pictures)],
    [words.films, amountWords(words, films, common.films)],
    [words.models, amountWords(words, models, words.modelCount)],
    [words.app, format.bytes(appBytes)],
    ...(jobs > 0 ? [[words.queue, common.jobs(jobs)] as const] : []),
    ...(restBytes !== null && restBytes > 0 ? [[words.rest, format.bytes(restBytes)] as const] : []),
    ...(usage
      ? [
          [words.together, words.used(usage.usedBytes, usage.quotaBytes)] as const,
          [words.whenFull, usage.persistent ? words.kept : words.mayGo] as const,
        ]
      : []),
  ];
  return <Facts rows={facts} />;
}

const amountWords = (
  words: Words['settings']['storage'],
  { count, bytes }: Amount,
  things: (many: number) => string,
) => (count === 0 ? words.none : words.amount(things(count), bytes));

/** Downloads that are not finished count with what is there. */
function useStoredModels(): Amount {
  const { models } = useModelsState((state) => state.library);
  const bytes = models.map(({ plan, state }) =>
    state.kind === 'ready' ? plan.totalBytes : state.loadedBytes,
  );
  return { count: models.length, bytes: bytes.reduce((sum, each) => sum + each, 0) };
}

function ReallyDelete({ stored, onClose }: { stored: Stored | null; onClose: () => void }) {
  const { actions } = useApp();
  const {
    settings: { storage: words },
    common,
  } = useWords();
  const [deleting, setDeleting] = useState(false);
  const act = async () => {
    setDeleting(true);
    try {
      await deleteAndReload(scope());
    } catch {
      setDeleting(false);
      actions.tell(message('notAllDeleted'));
    }
  };
  const works = [
    ...(stored && stored.pictures.count > 0 ? [amountWords(words, stored.pictures, common.pictures)] : []),
    ...(stored && stored.films.count > 0 ? [amountWords(words, stored.films, common.films)] : []),
  ];
  return (
    <Modal title={words.deleteTitle} open onClose={onClose}>
      <p>{words.deleteIntro}</p>
      <ul className={styles.list}>
        {works.length > 0 ? <li>{words.deleteGallery(works.join('; '))}</li> : null}
        <li>
          {stored && stored.jobs > 0 ? words.deleteQueueOf(common.jobs(stored.jobs)) : words.deleteQueue}
        </li>
        <li>{words.deleteFilms}</li>
        <li>{words.deleteModels}</li>
        <li>{words.deleteSettings}</li>
      </ul>
      <p>{words.deleteWarning}</p>
      <div className="row">
        <button
          type="button"
          className={`button ${styles.danger}`}
          disabled={deleting}
          onClick={() => void act()}
        >
          {deleting ? words.deleting : words.delete}
        </button>
        <button type="button" className="button outline" disabled={deleting} onClick={onClose}>
          {words.keep}
        </button>
      </div>
    </Modal>
  );
}

const scope = () => new URL('./', document.baseURI).href;

async function readStored({ keeping, context }: SettingsPage): Promise<Stored> {
  const [works, usage, appBytes, jobs] = await Promise.all([
    keeping?.gallery().then((gallery) => gallery.list()),
    keeping?.usage(),
    cachedBytes((globalThis as { caches?: CacheStorage }).caches, scope()),
    context.deps.queue?.records().then((records) => records.list()),
  ]);
  return {
    pictures: amountOf(works ?? [], 'image'),
    films: amountOf(works ?? [], 'film'),
    appBytes,
    jobs: jobs?.length ?? 0,
    usage: usage ?? null,
  };
}
