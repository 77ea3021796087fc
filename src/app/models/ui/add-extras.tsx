import { FilePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import type { ExtraWork } from '../models-state.ts';
import { ErrorText } from './model-work.tsx';
import styles from './model.module.css';

/** A way to add LoRAs and embeddings, and what became of each file. */
export function AddExtras() {
  const adding = useModelsState((state) => state.adding);
  return (
    <>
      {Object.entries(adding).map(([fileName, work]) => (
        <AddingRow key={fileName} fileName={fileName} work={work} />
      ))}
      <AddButton />
    </>
  );
}

function AddingRow({ fileName, work }: { fileName: string; work: ExtraWork }) {
  const { extras: words, undo } = useWords().models;
  const { dismissExtra, restoreExtra } = useModelsActions();
  if (work.kind === 'adding') return <p role="status">{words.adding(fileName)}</p>;
  if (work.kind === 'deleted') {
    return (
      <div className={styles.actions} role="status">
        <p>{words.deleted(fileName)}</p>
        <button type="button" className="button outline" onClick={() => void restoreExtra(fileName)}>
          {undo}
        </button>
      </div>
    );
  }
  return (
    <div className={`${styles.work} ${styles.failure}`} role="alert">
      <ErrorText error={work.error} />
      <div className={styles.actions}>
        <button
          type="button"
          className="button"
          aria-label={words.dismiss(fileName)}
          onClick={() => dismissExtra(fileName)}
        >
          <X size={16} aria-hidden />
        </button>
      </div>
    </div>
  );
}

function AddButton() {
  const { extras: words } = useWords().models;
  const input = useRef<HTMLInputElement>(null);
  const { addExtras } = useModelsActions();
  return (
    <div className={styles.actions}>
      <button type="button" className="button outline" data-add onClick={() => input.current?.click()}>
        <FilePlus size={16} aria-hidden />
        {words.add}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={words.add}
        // Phones know no such types, and would offer nothing.
        accept={matchMedia('(pointer: coarse)').matches ? undefined : '.safetensors,.pt,.bin,.png,.json'}
        onChange={(event) => {
          void addExtras([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
