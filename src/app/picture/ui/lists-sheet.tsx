import { FileUp, ListPlus, Pencil, Save, Trash2 } from 'lucide-react';
import { useId, useRef, useState, type RefObject } from 'react';
import { readPromptList } from '../../../domain/recipe/prompt-list.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { Field } from '../../base/controls/field.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import styles from './lists-sheet.module.css';

/** Many prompts that become a line of pictures, and lists of words that prompts choose from. */
export default function ListsSheet() {
  const sheet = useAppState((state) => state.listSheet);
  const { closeLists } = useActions();
  const { prompt: words } = useWords();
  const [text, setText] = useState(sheet?.text ?? '');
  const [name, setName] = useState(sheet?.name ?? '');
  return (
    <Modal title={words.lists} open={sheet !== null} onClose={closeLists}>
      <div className={styles.lists}>
        <Lines text={text} onText={setText} onName={setName} />
        <OwnLists
          text={text}
          name={name}
          onName={setName}
          onEdit={(chosen, lines) => {
            setName(chosen);
            setText(lines.join('\n'));
          }}
        />
      </div>
    </Modal>
  );
}

interface LinesProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onName: (name: string) => void;
}

function Lines({ text, onText, onName }: LinesProps) {
  const { prompt: words } = useWords();
  const { queueList, closeLists } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const count = readPromptList(text).reduce((sum, line) => sum + line.count, 0);
  return (
    <>
      <Field label={words.lines} hint={words.linesHint}>
        {(ids) => (
          <textarea
            {...ids}
            className={`input ${styles.lines}`}
            rows={8}
            dir="auto"
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <button type="button" className="button outline" onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {words.openFile}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={count === 0}
          onClick={() => {
            void queueList(text).then((count) => count > 0 && closeLists());
          }}
        >
          <ListPlus size={16} aria-hidden />
          {words.queueLines(count)}
        </button>
      </div>
      <TextFileInput input={input} onText={onText} onName={onName} />
    </>
  );
}

function TextFileInput({
  input,
  onText,
  onName,
}: Pick<LinesProps, 'onText' | 'onName'> & { readonly input: RefObject<HTMLInputElement | null> }) {
  const { prompt: words } = useWords();
  const { keepList } = useActions();
  /** One is shown; of several each is a list at once, under its own name. */
  const take = async ([first, ...others]: readonly File[]) => {
    if (!first) return;
    for (const file of others.length > 0 ? [first, ...others] : []) keepList(file.name, await file.text());
    onName(first.name.replace(/\.txt$/i, ''));
    onText(await first.text());
  };
  return (
    <input
      ref={input}
      hidden
      multiple
      type="file"
      accept=".txt,text/plain"
      aria-label={words.file}
      onChange={({ target }) => {
        void take([...(target.files ?? [])]);
        target.value = '';
      }}
    />
  );
}

interface OwnListsProps {
  readonly text: string;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onEdit: (name: string, lines: readonly string[]) => void;
}

function OwnLists({ text, name, onName, onEdit }: OwnListsProps) {
  const { prompt: words } = useWords();
  const { keepList } = useActions();
  const lists = useAppState((state) => state.lists);
  const id = useId();
  return (
    <section className={styles.own} aria-labelledby={id}>
      <h3 className="label" id={id}>
        {words.ownLists}
      </h3>
      <p className="hint">{words.ownListsHint}</p>
      <div className={styles.name}>
        <Field label={words.listName}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              dir="auto"
              value={name}
              onChange={(event) => onName(event.target.value)}
            />
          )}
        </Field>
        <button
          type="button"
          className="button outline"
          disabled={name.trim() === '' || text.trim() === ''}
          onClick={() => onName(keepList(name, text) || name)}
        >
          <Save size={16} aria-hidden />
          {words.keepList}
        </button>
      </div>
      <ul className={styles.rows}>
        {Object.entries(lists).map(([key, lines]) => (
          <ListRow key={key} name={key} lines={lines} onEdit={onEdit} />
        ))}
      </ul>
    </section>
  );
}

interface ListRowProps extends Pick<OwnListsProps, 'name' | 'onEdit'> {
  readonly lines: readonly string[];
}

function ListRow({ name, lines, onEdit }: ListRowProps) {
  const { prompt: words } = useWords();
  const { edit, deleteList, closeLists } = useActions();
  const prompt = useAppState((state) => state.draft.prompt);
  const insert = () => {
    edit({ prompt: `${prompt.trimEnd()}${prompt.trim() === '' ? '' : ', '}__${name}__` });
    closeLists();
  };
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={`button ${styles.insert}`}
        title={words.insertList(name)}
        onClick={insert}
      >
        <code dir="ltr">{`__${name}__`}</code>
      </button>
      <span className="hint">{words.listLines(lines.length)}</span>
      <IconButton label={words.editList(name)} icon={Pencil} onClick={() => onEdit(name, lines)} />
      <IconButton label={words.deleteList(name)} icon={Trash2} onClick={() => deleteList(name)} />
    </li>
  );
}
