import { useState, type SubmitEvent } from 'react';
import { useActions, useAppState } from '../hooks.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { defaultHubUrl } from '../../base/preferences.ts';
import { Field } from '../../base/controls/field.tsx';
import { FileButton } from './file-button.tsx';
import { FolderButton } from './folder-button.tsx';
import { FoundPlans } from './found-plans.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './find-model.module.css';

/** Any pipeline of the family: from the hub, from a file or from a folder. */
export function FindModel({ wanted }: { wanted: string | null }) {
  const { models } = useWords();
  const [text, setText] = useState(wanted ?? '');
  const { findOnHub } = useModelsActions();
  const looking = useModelsState((state) => state.found.status === 'looking');
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void findOnHub(text);
  };
  return (
    <section className="group" aria-label={models.another}>
      <h3>{models.another}</h3>
      <p>{models.anotherHint}</p>
      <form className={styles.find} onSubmit={look} noValidate>
        <Field label={models.repository}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              dir="ltr"
              placeholder={models.repositoryHint}
              autoCapitalize="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="button outline" aria-disabled={looking || undefined}>
          {models.look}
        </button>
        <FileButton />
        <FolderButton />
      </form>
      <FoundPlans />
      <HubAddress />
    </section>
  );
}

const addressPattern = /^https?:\/\/[^/]+\/?$/;

function HubAddress() {
  const { models } = useWords();
  const { prefer } = useActions();
  const hubUrl = useAppState((state) => state.preferences.hubUrl);
  const [text, setText] = useState(hubUrl);
  const wrong = !addressPattern.test(text);
  return (
    <details className={styles.address}>
      <summary>{models.mirror}</summary>
      <Field
        label={models.hubAddress}
        problem={wrong ? models.hubAddressWrong : undefined}
        hint={hubUrl === defaultHubUrl ? undefined : models.hubNow(hubUrl)}
      >
        {(ids) => (
          <input
            {...ids}
            className="input"
            type="url"
            dir="ltr"
            value={text}
            onChange={({ target: { value } }) => {
              setText(value);
              if (addressPattern.test(value)) prefer({ hubUrl: value.replace(/\/$/, '') });
            }}
          />
        )}
      </Field>
    </details>
  );
}
