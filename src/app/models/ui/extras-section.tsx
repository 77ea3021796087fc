import { Copy, FilePlus, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Extra } from '../../../domain/model/extra.ts';
import { useWords } from '../../words/words-context.tsx';
import { callOf } from '../models-extras.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import type { ExtraWork } from '../models-state.ts';
import { ErrorText } from './model-work.tsx';
import styles from './model.module.css';

/** LoRAs and embeddings: what there is, how a prompt calls it, and a way to add more. */
export function ExtrasSection() {
  const { extras: words } = useWords().models;
  const extras = useModelsState((state) => state.extras);
  const adding = useModelsState((state) => state.adding);
  const { refreshExtras, forgetDeleted } = useModelsActions();
  useEffect(() => {
    void refreshExtras();
    return forgetDeleted;
  }, [refreshExtras, forgetDeleted]);
  return (
    <section className="group" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p>{words.hint}</p>
      {extras.length > 0 ? (
        <ul className={styles.list} aria-label={words.list}>
          {extras.map((extra) => (
            <ExtraRow key={`${extra.kind} ${extra.name}`} extra={extra} />
          ))}
        </ul>
      ) : null}
      {Object.entries(adding).map(([fileName, work]) => (
        <AddingRow key={fileName} fileName={fileName} work={work} />
      ))}
      <AddButton />
    </section>
  );
}

function ExtraRow({ extra }: { extra: Extra }) {
  const { models, format } = useWords();
  const { deleteExtra, copyCall } = useModelsActions();
  const call = callOf(extra);
  return (
    <li className={styles.row} aria-label={extra.name}>
      <div className={styles.title}>
        <h3>
          <bdi>{extra.name}</bdi>
        </h3>
        <span className={styles.badge}>{models.extras.kinds[extra.kind]}</span>
      </div>
      <ul className={styles.facts}>
        <li>{format.bytes(extra.sizeBytes)}</li>
        <li>
          <code dir="ltr">{call}</code>
        </li>
      </ul>
      <div className={styles.actions}>
        <button
          type="button"
          className="button outline"
          aria-label={models.extras.copy(call)}
          onClick={() => void copyCall(extra)}
        >
          <Copy size={16} aria-hidden />
          <span dir="ltr">{call}</span>
        </button>
        <button
          type="button"
          className="button"
          aria-label={models.extras.delete(extra.name)}
          onClick={() => void deleteExtra(extra)}
        >
          <Trash2 size={16} aria-hidden />
        </button>
      </div>
    </li>
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
      <button type="button" className="button outline" onClick={() => input.current?.click()}>
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
