import { Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useApp } from '../../state/app-hooks.tsx';
import type { AppStore } from '../../state/app-store.ts';
import { deleteEverything } from '../../storage/delete-all.ts';
import { isStorageShort, type StorageUsage } from '../../storage/usage.ts';
import { Modal } from '../controls/modal.tsx';
import { formatBytes } from '../format.ts';

interface Stored {
  readonly works: number;
  readonly workBytes: number;
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
      {stored ? <Facts stored={stored} /> : <p className="hint">Looking …</p>}
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

function Facts({ stored: { works, workBytes, usage } }: { stored: Stored }) {
  return (
    <dl className="facts">
      <div>
        <dt>Gallery</dt>
        <dd>
          {works} {works === 1 ? 'work' : 'works'}, {formatBytes(workBytes)}
        </dd>
      </div>
      {usage ? (
        <>
          <div>
            <dt>With models and app</dt>
            <dd>
              {formatBytes(usage.usedBytes)} of {formatBytes(usage.quotaBytes)} that this browser allows
            </dd>
          </div>
          <div>
            <dt>When the disk is full</dt>
            <dd>{usage.persistent ? 'The browser keeps it' : 'The browser may delete it'}</dd>
          </div>
        </>
      ) : null}
    </dl>
  );
}

function ReallyDelete({ stored, onClose }: { stored: Stored | null; onClose: () => void }) {
  const { actions } = useApp();
  const [deleting, setDeleting] = useState(false);
  const act = async () => {
    setDeleting(true);
    try {
      await deleteEverything(new URL('./', document.baseURI).href);
      location.reload();
    } catch {
      setDeleting(false);
      actions.tell('Not everything could be deleted. Close other tabs of this app and try again.');
    }
  };
  return (
    <Modal title="Delete everything?" open onClose={onClose}>
      <p>
        This deletes {stored && stored.works > 0 ? `all ${stored.works} works in the gallery, ` : ''}films in
        the making, downloaded models, settings, and what is kept for use without a network. It cannot be
        undone. Works that you want to keep can be exported from the gallery first.
      </p>
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

async function readStored({ keeping }: AppStore): Promise<Stored> {
  if (!keeping) return { works: 0, workBytes: 0, usage: null };
  const [gallery, usage] = await Promise.all([keeping.gallery(), keeping.usage()]);
  const works = await gallery.list();
  return { works: works.length, workBytes: works.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), usage };
}
