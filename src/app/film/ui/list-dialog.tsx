import { useState } from 'react';
import { promptsFromList } from '../../../domain/video/edit.ts';
import { Field } from '../../base/controls/field.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { useFilmActions } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './list-dialog.module.css';

/** Many scenes at once. */
export default function ListDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { film } = useWords();
  const { addList } = useFilmActions();
  const [text, setText] = useState('');
  const scenes = promptsFromList(text).length;
  const add = () => {
    addList(text);
    setText('');
    onClose();
  };
  return (
    <Modal title={film.pasteList} open={open} onClose={onClose}>
      <Field label={film.listLabel} hint={film.listHint}>
        {(ids) => (
          <textarea
            {...ids}
            className={`input ${styles.text}`}
            dir="auto"
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <button type="button" className="button primary" disabled={scenes === 0} onClick={add}>
        {film.addScenes(scenes)}
      </button>
    </Modal>
  );
}
