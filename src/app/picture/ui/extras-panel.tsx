import { Minus, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  readPromptLoras,
  withLora,
  withoutLora,
  type PromptLora,
} from '../../../domain/diffusion/prompt/prompt-loras.ts';
import { limits } from '../../../domain/limits.ts';
import { wordsIn } from '../../../domain/diffusion/prompt/own-words.ts';
import { extraNamed, type Extra } from '../../../domain/model/extra.ts';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { useModelsActions, useModelsState } from '../../models/models-hooks.tsx';
import { AddExtras } from '../../models/ui/add-extras.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import styles from './extras-panel.module.css';

/** What was added, with its weights. The prompt's tags are all that is kept: whoever writes them by hand sees the same here. */
export default function ExtrasPanel() {
  const { extras: words } = useWords().picture;
  const added = useModelsState((state) => state.extras);
  const extras = added.filter(({ kind }) => kind !== 'vae');
  const takesNone = useAppState((state) => currentModel(state).ref.source.kind === 'http');
  const { refreshExtras } = useModelsActions();
  useEffect(() => void refreshExtras(), [refreshExtras]);
  const tags = readPromptLoras(useAppState((state) => state.draft.prompt)).loras;
  const missing = tags.filter(({ name }) => !extraNamed(extras, 'lora', name));
  return (
    <div className={styles.panel}>
      {takesNone ? <p className="hint">{words.graphs}</p> : null}
      {extras.length + missing.length === 0 ? <p className="hint">{words.none}</p> : null}
      <ul className={styles.list}>
        {missing.map(({ name }) => (
          <MissingRow key={name} name={name} />
        ))}
        {extras.map((extra) =>
          extra.kind === 'lora' ? (
            <LoraRow
              key={`lora ${extra.name}`}
              extra={extra}
              used={tags.find(({ name }) => extraNamed(extras, 'lora', name) === extra)}
            />
          ) : (
            <EmbeddingRow key={`embedding ${extra.name}`} extra={extra} />
          ),
        )}
      </ul>
      <AddExtras />
    </div>
  );
}

/** What people find useful; more can be written by hand. */
const weights = { ...limits.extraWeight, step: 0.05 };

function LoraRow({ extra, used }: { extra: Extra; used: PromptLora | undefined }) {
  const { extras: words } = useWords().picture;
  const { edit } = useActions();
  const prompt = useAppState((state) => state.draft.prompt);
  const [wantsApart, setWantsApart] = useState(false);
  const { name } = extra;
  const apart = wantsApart || (used !== undefined && used.unetWeight !== used.textWeight);
  const change = (part: Partial<PromptLora>) =>
    used && edit({ prompt: withLora(prompt, { ...used, ...part }) });
  const turn = (on: boolean) =>
    edit({
      prompt: on
        ? withLora(prompt, { name, unetWeight: 1, textWeight: 1 })
        : withoutLora(prompt, used?.name ?? name),
    });
  return (
    <li className={styles.extra}>
      <label className={styles.check}>
        <input
          type="checkbox"
          aria-label={words.use(name)}
          checked={used !== undefined}
          onChange={(event) => turn(event.target.checked)}
        />
        <bdi>{name}</bdi>
      </label>
      {used ? (
        <>
          <SliderField
            label={words.weight(name)}
            {...weights}
            value={used.unetWeight}
            onValue={(weight) => change({ unetWeight: weight, ...(!apart && { textWeight: weight }) })}
          />
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={apart}
              onChange={({ target }) => {
                setWantsApart(target.checked);
                if (!target.checked) change({ textWeight: used.unetWeight });
              }}
            />
            {words.apart}
          </label>
          {apart ? (
            <SliderField
              label={words.textWeight(name)}
              {...weights}
              value={used.textWeight}
              onValue={(textWeight) => change({ textWeight })}
            />
          ) : null}
        </>
      ) : null}
    </li>
  );
}

function EmbeddingRow({ extra: { name } }: { extra: Extra }) {
  const { extras: words } = useWords().picture;
  return (
    <li className={styles.extra}>
      <bdi>{name}</bdi>
      <div className={styles.actions}>
        <InsertButton field="prompt" name={name} label={words.toPromptOf(name)} text={words.toPrompt} />
        <InsertButton
          field="negativePrompt"
          name={name}
          label={words.toNegativeOf(name)}
          text={words.toNegative}
        />
      </div>
    </li>
  );
}

interface InsertButtonProps {
  readonly field: 'prompt' | 'negativePrompt';
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

function InsertButton({ field, name, label, text }: InsertButtonProps) {
  const { edit } = useActions();
  const prompt = useAppState((state) => state.draft[field]);
  const isThere = wordsIn(prompt, [name]).length > 0;
  const next = prompt.trim() === '' ? name : `${prompt.trimEnd().replace(/,$/, '')}, ${name}`;
  return (
    <button
      type="button"
      className="button outline"
      aria-label={label}
      disabled={isThere}
      onClick={() => edit({ [field]: next })}
    >
      <Plus size={16} aria-hidden />
      {text}
    </button>
  );
}

function MissingRow({ name }: { name: string }) {
  const { extras: words } = useWords().picture;
  const { edit } = useActions();
  const prompt = useAppState((state) => state.draft.prompt);
  return (
    <li className={styles.extra}>
      <bdi>{name}</bdi>
      <div className={styles.actions}>
        <span className="problem">{words.missing}</span>
        <button
          type="button"
          className="button outline icon"
          aria-label={words.remove(name)}
          onClick={() => edit({ prompt: withoutLora(prompt, name) })}
        >
          <Minus size={16} aria-hidden />
        </button>
      </div>
    </li>
  );
}
