import { Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { servedBy } from '../../base/served-by.ts';
import type { OwnMachine } from '../../machines/own-machines.ts';
import { machineEntry } from '../../machines/machine-state.ts';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';
import { MachineForm } from './machine-form.tsx';
import { HereRow, MachineRow } from './machine-row.tsx';
import { useMachineWords } from '../../machines/ui/use-machine-words.ts';
import styles from './machines.module.css';

/** Where pictures are made: on this device, or on machines that the person has added. */
export function MachinesSettings() {
  const { common } = useWords();
  return (
    <Suspense fallback={<p className="hint">{common.looking}</p>}>
      <Machines />
    </Suspense>
  );
}

function Machines() {
  const words = useMachineWords();
  const machines = useAppState((state) => state.machines);
  const current = useAppState((state) => currentModel(state));
  const [edited, setEdited] = useState<OwnMachine | 'new' | null>(null);
  const { chosen, choose, chooseHere } = useChoice();
  const offered = servedBy() === 'machine' && !machines.some(({ address }) => address === location.origin);
  return (
    <section className="group" aria-labelledby="machines-title">
      <h3 id="machines-title">{words.title}</h3>
      <p className="hint">{words.intro}</p>
      <ul className={styles.list}>
        <HereRow
          chosen={chosen === null}
          model={chosen === null ? current.card.name : null}
          onChoose={chooseHere}
        />
        {machines.map((machine, index) => (
          <MachineRow
            key={machine.id}
            {...{ machine, index }}
            count={machines.length}
            chosen={chosen === machine.id}
            onChoose={choose}
            onChange={() => setEdited(machine)}
          />
        ))}
      </ul>
      {machines.length > 0 ? <p className="hint">{words.helpsHint}</p> : null}
      <div className="row">
        <button type="button" className="button outline" onClick={() => setEdited('new')}>
          <Plus size={17} aria-hidden />
          {words.add}
        </button>
      </div>
      {edited ? (
        <MachineForm
          machine={edited === 'new' ? null : edited}
          {...(offered && { address: location.origin })}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </section>
  );
}

/** Choosing a machine is choosing its model; back here the model that was chosen last draws again. */
function useChoice() {
  const { chooseModel } = useActions();
  const models = useAppState((state) => state.models);
  const current = useAppState((state) => currentModel(state));
  const { source } = current.ref;
  const here = models.filter((entry) => entry.ref.source.kind !== 'elsewhere');
  const [last, setLast] = useState(current);
  return {
    chosen: source.kind === 'elsewhere' ? source.machine : null,
    choose: (machine: OwnMachine) => {
      if (source.kind !== 'elsewhere') setLast(current);
      chooseModel(machineEntry(machine));
    },
    chooseHere: () => {
      const entry = here.find(({ ref }) => ref.id === last.ref.id) ?? here[0];
      if (entry) chooseModel(entry);
    },
  };
}
