import { lazy, useState } from 'react';
import { readPromptLoras } from '../../../domain/diffusion/prompt/prompt-loras.ts';
import { Disclosure } from '../../base/controls/disclosure.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import { useAppState } from '../hooks.ts';

const ExtrasPanel = lazy(() => import('./extras-panel.tsx'));

/** LoRAs and embeddings, where the model takes any or the prompt calls one. */
export function Extras() {
  const { extras: words } = useWords().picture;
  const [open, setOpen] = useState(false);
  const used = readPromptLoras(useAppState((state) => state.draft.prompt)).loras.length;
  const from = useAppState((state) => currentModel(state).ref.source.kind);
  // Those of another machine lie there; a prompt may call them by name.
  if (from === 'elsewhere' || (from === 'http' && used === 0)) return null;
  return (
    <Disclosure label={words.titleWith(used)} open={open} onOpenChange={setOpen}>
      <ExtrasPanel />
    </Disclosure>
  );
}
