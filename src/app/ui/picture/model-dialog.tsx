import { currentModel, type ModelEntry } from '../../state/app-state.ts';
import { useAppState } from '../../state/app-hooks.tsx';
import { Modal } from '../controls/modal.tsx';
import { formatBytes, formatSize, keepSizesWhole } from '../format.ts';

export default function ModelDialog({ onClose }: { onClose: () => void }) {
  const model = useAppState(currentModel);
  return (
    <Modal title={`${model.card.name} model`} open onClose={onClose}>
      <p>{keepSizesWhole(model.card.description)}</p>
      <ModelFacts model={model} />
    </Modal>
  );
}

function ModelFacts({ model: { card, ref } }: { model: ModelEntry }) {
  const sizeBytes = ref.source.kind === 'http' ? sum(ref.source.files.map((file) => file.sizeBytes)) : null;
  const rows: [string, string][] = [
    ['Draws at', formatSize(card.defaults.width, card.defaults.height)],
    ...(sizeBytes === null ? [] : [['Size', formatBytes(sizeBytes)] as [string, string]]),
    ['Licence', card.licence],
    ['Version', ref.revision],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
