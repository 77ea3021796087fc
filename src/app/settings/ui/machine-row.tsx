import { ChevronDown, ChevronUp, Laptop, Pencil, PlugZap, Server, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { isAbort, toPlainError, type PlainError } from '../../../domain/errors.ts';
import type { MachineEvent } from '../../../engine/machine-protocol.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { useStore } from '../../base/store.ts';
import { hostOf } from '../../machines/connect-machine.ts';
import { placeOf } from '../../machines/machine-workers.ts';
import { openMachines } from '../../machines/open-machines.ts';
import { addressOf, type OwnMachine } from '../../machines/own-machines.ts';
import type { MachineWords } from '../../words/words.ts';
import { useActions, useApp } from '../hooks.ts';
import MachineTrouble from '../../machines/ui/machine-trouble.tsx';
import { useMachineWords } from '../../machines/ui/use-machine-words.ts';
import styles from './machines.module.css';

interface HereRowProps {
  readonly chosen: boolean;
  /** That draws here now. */
  readonly model: string | null;
  readonly onChoose: () => void;
}

export function HereRow({ chosen, model, onChoose }: HereRowProps) {
  const words = useMachineWords();
  return (
    <li className={styles.machine} data-chosen={chosen || undefined}>
      <label className={styles.head}>
        <input
          type="radio"
          name="machine"
          checked={chosen}
          aria-label={words.choose(words.here)}
          onChange={onChoose}
        />
        <Laptop size={20} aria-hidden />
        <span className={styles.names}>
          <span className={styles.name}>{words.here}</span>
          <span className="hint">{model ?? words.hereHint}</span>
        </span>
      </label>
    </li>
  );
}

interface MachineRowProps {
  readonly machine: OwnMachine;
  readonly index: number;
  readonly count: number;
  readonly chosen: boolean;
  readonly onChoose: (machine: OwnMachine) => void;
  readonly onChange: () => void;
}

export function MachineRow({ machine, index, count, chosen, onChoose, onChange }: MachineRowProps) {
  const words = useMachineWords();
  const { moveMachine, removeMachine } = useActions();
  const { testing, problem, test } = useTest(machine);
  const { id, name, kind, address } = machine;
  const now = useStore(openMachines().now, (all) => all[placeOf(machine)]);
  const remove = () => {
    openMachines().end(address);
    removeMachine(id);
  };
  return (
    <li className={styles.machine} data-chosen={chosen || undefined}>
      <label className={styles.head}>
        <input
          type="radio"
          name="machine"
          checked={chosen}
          aria-label={words.choose(name)}
          onChange={() => onChoose(machine)}
        />
        {kind === 'horde' ? <Users size={20} aria-hidden /> : <Server size={20} aria-hidden />}
        <span className={styles.names}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          <span className="hint">
            {words.kinds[kind]} · <bdi>{hostOf(address)}</bdi>
          </span>
          <span className={styles.state} role="status" data-busy={now !== undefined || undefined}>
            {testing ? words.states.testing : stateWords(words, machine, now)}
          </span>
        </span>
      </label>
      <div className={styles.tools}>
        <IconButton className="small" label={words.test(name)} icon={PlugZap} onClick={test} />
        <IconButton className="small" label={words.change(name)} icon={Pencil} onClick={onChange} />
        {count > 1 ? (
          <>
            <IconButton
              className="small"
              label={words.moveUp(name)}
              icon={ChevronUp}
              disabled={index === 0}
              onClick={() => moveMachine(id, index - 1)}
            />
            <IconButton
              className="small"
              label={words.moveDown(name)}
              icon={ChevronDown}
              disabled={index === count - 1}
              onClick={() => moveMachine(id, index + 1)}
            />
          </>
        ) : null}
        <IconButton className="small" label={words.remove(name)} icon={Trash2} onClick={remove} />
      </div>
      {problem ? <MachineTrouble error={problem} /> : null}
      <MachineOptions machine={machine} chosen={chosen} onChoose={onChoose} />
    </li>
  );
}

type OptionsProps = Pick<MachineRowProps, 'machine' | 'chosen' | 'onChoose'>;

function MachineOptions({ machine, chosen, onChoose }: OptionsProps) {
  const words = useMachineWords();
  const { changeMachine } = useActions();
  const { id, name, capabilities, helps = false } = machine;
  const models = capabilities?.models ?? [];
  const model = models.find((each) => each.id === machine.model)?.id ?? models[0]?.id;
  const missing = (Object.keys(words.features) as (keyof MachineWords['features'])[]).filter(
    (feature) => capabilities && !capabilities.can.includes(feature),
  );
  const chooseModel = (next: string) => {
    changeMachine(id, { model: next });
    if (chosen) onChoose({ ...machine, model: next });
  };
  return (
    <div className={styles.options}>
      {models.length > 1 && model !== undefined ? (
        <SelectField
          label={words.model(name)}
          value={model}
          onValue={chooseModel}
          options={models.map((each) => ({ value: each.id, label: each.name }))}
        />
      ) : null}
      {missing.length > 0 ? (
        <p className="hint">{words.cannot(missing.map((feature) => words.features[feature]))}</p>
      ) : null}
      <label className={styles.helps}>
        <input
          type="checkbox"
          aria-label={words.helps(name)}
          checked={helps || chosen}
          disabled={chosen}
          onChange={(event) => changeMachine(id, { helps: event.target.checked })}
        />
        {words.helpsShort}
      </label>
    </div>
  );
}

function stateWords(
  words: MachineWords,
  { capabilities }: OwnMachine,
  now: MachineEvent | undefined,
): string {
  const { states } = words;
  switch (now?.phase) {
    case 'queued':
      return now.place === null ? states.waiting : words.place(now.place);
    case 'drawing':
      return now.fraction === null ? states.drawing : words.drawingAt(now.fraction);
    case 'sending':
    case 'receiving':
      return states[now.phase];
    case undefined:
      return capabilities
        ? words.answers(capabilities.models.length, capabilities.samplers.length)
        : states.unknown;
  }
}

/** Asks the machine what it can do; what it tells is kept. */
function useTest(machine: OwnMachine) {
  const { actions, context } = useApp();
  const [testing, setTesting] = useState(false);
  const [problem, setProblem] = useState<PlainError | null>(null);
  const ask = async () => {
    setTesting(true);
    setProblem(null);
    try {
      const params = { machine: addressOf(context.deps.storage, machine) };
      const capabilities = await openMachines().machines.call('capabilities', params);
      actions.changeMachine(machine.id, { capabilities });
    } catch (error) {
      if (!isAbort(error)) setProblem(toPlainError(error));
    } finally {
      setTesting(false);
    }
  };
  return { testing, problem, test: () => void ask() };
}
