import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Extra } from '../../../domain/model/extra.ts';
import { useWords } from '../../words/words-context.tsx';
import { callOf } from '../models-extras.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { useAppState } from '../hooks.ts';
import { AddExtras } from './add-extras.tsx';
import styles from './model.module.css';

/** LoRAs and embeddings: what there is, how a prompt calls it, and a way to add more. */
export function ExtrasSection() {
  const { extras: words } = useWords().models;
  const extras = useModelsState((state) => state.extras);
  const { refreshExtras, forgetDeleted } = useModelsActions();
  useEffect(() => {
    void refreshExtras();
    return forgetDeleted;
  }, [refreshExtras, forgetDeleted]);
  const atExtras = useAppState((state) => state.modelsSheet?.atExtras === true);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!atExtras) return;
    section.current?.scrollIntoView();
    section.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  }, [atExtras]);
  return (
    <section className="group" aria-label={words.title} ref={section}>
      <h3>{words.title}</h3>
      <p>{words.hint}</p>
      {extras.length > 0 ? (
        <ul className={styles.list} aria-label={words.list}>
          {extras.map((extra) => (
            <ExtraRow key={`${extra.kind} ${extra.name}`} extra={extra} />
          ))}
        </ul>
      ) : null}
      <AddExtras />
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
        {call === null ? (
          <li>{models.extras.inAdvanced}</li>
        ) : (
          <li>
            <code dir="ltr">{call}</code>
          </li>
        )}
      </ul>
      <div className={styles.actions}>
        {call === null ? null : (
          <button
            type="button"
            className="button outline"
            aria-label={models.extras.copy(call)}
            onClick={() => void copyCall(call)}
          >
            <Copy size={16} aria-hidden />
            <span dir="ltr">{call}</span>
          </button>
        )}
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
