import { useState, type SubmitEvent } from 'react';
import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { defaultHubUrl } from '../../base/preferences.ts';
import { Field } from '../../base/controls/field.tsx';
import { FolderButton } from './folder-button.tsx';
import { FoundPlans } from './found-plans.tsx';

/** Any pipeline of the family: from the hub, or from a folder. */
export function FindModel({ wanted }: { wanted: string | null }) {
  const [text, setText] = useState(wanted ?? '');
  const { findOnHub } = useModelsActions();
  const looking = useModelsState((state) => state.found.status === 'looking');
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void findOnHub(text);
  };
  return (
    <section className="group" aria-label="Another model">
      <h3>Another model</h3>
      <p>
        Stable Diffusion 1.x, Turbo and LCM pipelines in ONNX form, from the Hugging Face Hub or from this
        device.
      </p>
      <form className="find-model" onSubmit={look} noValidate>
        <Field label="Repository or its address">
          {(ids) => (
            <input
              {...ids}
              className="input"
              placeholder="owner/name"
              autoCapitalize="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="button outline" aria-disabled={looking || undefined}>
          Look
        </button>
        <FolderButton />
      </form>
      <FoundPlans />
      <HubAddress />
    </section>
  );
}

const addressPattern = /^https?:\/\/[^/]+\/?$/;

function HubAddress() {
  const { prefer } = useActions();
  const hubUrl = useAppState((state) => state.preferences.hubUrl);
  const [text, setText] = useState(hubUrl);
  const wrong = !addressPattern.test(text);
  return (
    <details className="hub-address">
      <summary>Use a mirror of the hub</summary>
      <Field
        label="Hub address"
        problem={wrong ? 'An address such as https://huggingface.co' : undefined}
        hint={hubUrl === defaultHubUrl ? undefined : `All models now come from ${hubUrl}.`}
      >
        {(ids) => (
          <input
            {...ids}
            className="input"
            type="url"
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
