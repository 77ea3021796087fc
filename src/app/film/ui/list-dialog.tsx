import { useState } from 'react';
import { promptsFromList } from '../../../domain/video/edit.ts';
import { Field } from '../../base/controls/field.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { count } from './film-words.ts';
import { useFilmActions } from './use-film.tsx';

/** Many scenes at once. */
export default function ListDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { addList } = useFilmActions();
  const [text, setText] = useState('');
  const scenes = promptsFromList(text).length;
  const add = () => {
    addList(text);
    setText('');
    onClose();
  };
  return (
    <Modal title="Paste a list" open={open} onClose={onClose}>
      <Field label="One scene a line" hint="Empty scenes are replaced; the others stay.">
        {(ids) => (
          <textarea
            {...ids}
            className="input list-text"
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <button type="button" className="button primary" disabled={scenes === 0} onClick={add}>
        {scenes === 0 ? 'Add scenes' : `Add ${count(scenes, 'scene')}`}
      </button>
    </Modal>
  );
}
