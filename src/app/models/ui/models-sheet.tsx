import { Suspense, useEffect } from 'react';
import type { ModelsState } from '../models-state.ts';
import { useActions, useAppState } from '../hooks.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { modelRows } from '../models-state.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { GivenRow } from './built-in-row.tsx';
import { ExtrasSection } from './extras-section.tsx';
import { FindModel } from './find-model.tsx';
import { ErrorText } from './model-work.tsx';
import { ModelRowView } from './model-row.tsx';
import { StorageLine } from './storage-line.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './model.module.css';

export default function ModelsSheet() {
  const { models } = useWords();
  const { closeModels } = useActions();
  return (
    <Modal title={models.title} open onClose={closeModels}>
      <Suspense fallback={<p role="status">{models.opening}</p>}>
        <Library />
      </Suspense>
    </Modal>
  );
}

const selectLibrary = ({ library }: ModelsState) => library;

function Library() {
  const { refresh, removeLeaving, forgetFound } = useModelsActions();
  const words = useWords();
  const load = useModelsState((state) => state.load);
  const library = useModelsState(selectLibrary);
  const models = useAppState((state) => state.models);
  const wanted = useAppState((state) => state.modelsSheet?.wanted ?? null);

  // The first reading began with the library itself; this is for a sheet that is opened again.
  useEffect(() => {
    void refresh();
    return () => {
      forgetFound();
      void removeLeaving();
    };
  }, [refresh, removeLeaving, forgetFound]);

  return (
    <>
      <StorageLine />
      {load.status === 'failed' ? (
        <div className={`${styles.work} ${styles.failure}`} role="alert">
          <ErrorText error={load.error} />
        </div>
      ) : null}
      <ul className={styles.list} aria-label={words.models.title}>
        {models
          .filter(({ ref }) => ref.source.kind !== 'stored' && ref.source.kind !== 'elsewhere')
          .map((model) => (
            <GivenRow key={model.ref.id} model={model} />
          ))}
        {modelRows({ library }).map((row) => (
          <ModelRowView key={row.key} row={row} />
        ))}
      </ul>
      <FindModel wanted={wanted} />
      <ExtrasSection />
    </>
  );
}
