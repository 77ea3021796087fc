import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ModelEntry } from '../../state/app-state.ts';
import { currentModel } from '../../state/app-state.ts';
import { useAppState } from '../../state/app-hooks.tsx';
import { formatBytes, formatSize } from '../format.ts';

/** Which model draws. With one model there is nothing to choose, only to know. */
export function ModelChip() {
  const model = useAppState(currentModel);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="button model-chip">
          <span className="visually-hidden">Model: </span>
          {model.card.name}
          <ChevronDown size={14} aria-hidden />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popup model-card" align="end" sideOffset={6} aria-label="Model">
          <ModelFacts model={model} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ModelFacts({ model: { card, ref } }: { model: ModelEntry }) {
  const sizeBytes = ref.source.kind === 'http' ? sum(ref.source.files.map((file) => file.sizeBytes)) : null;
  return (
    <>
      <h2>{card.name} model</h2>
      <p>{card.description}</p>
      <dl className="facts">
        <dt>Draws at</dt>
        <dd>{formatSize(card.defaults.width, card.defaults.height)}</dd>
        {sizeBytes === null ? null : (
          <>
            <dt>Size</dt>
            <dd>{formatBytes(sizeBytes)}, comes with the app</dd>
          </>
        )}
        <dt>Licence</dt>
        <dd>{card.licence}</dd>
      </dl>
    </>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
