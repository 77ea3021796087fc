import { ListPlus, Rows3, Sparkles } from 'lucide-react';
import { lazy, Suspense, useEffect, useId } from 'react';
import { mayHaveFacts } from '../../../domain/diffusion/prompt/may-have-facts.ts';
import { useActions, useAppState } from '../hooks.ts';
import { isQueueBusy } from '../../queue/queue-state.ts';
import { ModelChip } from './model-chip.tsx';
import styles from './prompt-box.module.css';
import { tokenWords } from './token-words.ts';
import { useProblems } from './use-problems.ts';
import { useWords } from '../../words/words-context.tsx';

const PromptFacts = lazy(() => import('./prompt-facts.tsx'));

const countDelayMs = 250;

export function PromptBox() {
  const { picture, prompt: words } = useWords();
  const { edit, warmUp, openText, openLists } = useActions();
  const prompt = useAppState((state) => state.draft.prompt);
  const problem = useProblems().prompt?.message;
  const id = useId();
  const noteId = `${id}-note`;
  useTokenCount();
  return (
    <div className={styles.prompt}>
      <div className="field-head">
        <label className="label" htmlFor={id}>
          {picture.prompt}
        </label>
        <ModelChip />
      </div>
      <div className={styles.box} data-invalid={problem ? true : undefined}>
        <textarea
          id={id}
          className={styles.text}
          rows={3}
          value={prompt}
          dir="auto"
          placeholder={picture.promptHint}
          aria-describedby={noteId}
          aria-invalid={problem ? true : undefined}
          onFocus={warmUp}
          onPaste={(event) => {
            void openText(event.clipboardData.getData('text/plain'));
          }}
          onChange={(event) => {
            edit({ prompt: event.target.value });
            warmUp();
          }}
        />
        <Suspense>{mayHaveFacts(prompt) ? <PromptFacts /> : null}</Suspense>
        <div className={styles.foot}>
          <div id={noteId} className={styles.note}>
            {problem ? <p className="problem">{problem}</p> : <Tokens />}
          </div>
          {/* Not an IconButton: its tooltip is a fifth of what the first screen waits for. */}
          <button
            type="button"
            className="button icon"
            aria-label={words.lists}
            title={words.lists}
            onClick={() => openLists()}
          >
            <Rows3 size={18} aria-hidden />
          </button>
          <GenerateButton />
        </div>
      </div>
    </div>
  );
}

function Tokens() {
  const tokens = useAppState((state) => state.tokens);
  const words = useWords();
  const empty = useAppState((state) => state.draft.prompt === '');
  return <p className="hint">{tokens && !empty ? tokenWords(words, tokens) : ''}</p>;
}

function GenerateButton() {
  const busy = useAppState((state) => isQueueBusy(state.queue));
  const { warmUp } = useActions();
  const { picture } = useWords();
  const Icon = busy ? ListPlus : Sparkles;
  return (
    <button
      type="submit"
      className={`button primary ${styles.generate}`}
      title={picture.generateKeys}
      onFocus={warmUp}
    >
      <Icon size={18} aria-hidden />
      {busy ? picture.addToQueue : picture.generate}
    </button>
  );
}

/** Counts when the person rests, and once more when the engine has come up. */
function useTokenCount(): void {
  const { countTokens } = useActions();
  const prompt = useAppState((state) => state.draft.prompt);
  const engineStatus = useAppState((state) => state.engine.status);
  useEffect(() => {
    if (prompt.trim() === '') return;
    const timer = setTimeout(() => void countTokens(), countDelayMs);
    return () => clearTimeout(timer);
  }, [prompt, engineStatus, countTokens]);
}
