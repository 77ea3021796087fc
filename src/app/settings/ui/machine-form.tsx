import { useEffect, useRef, useState } from 'react';
import { isAbort, toPlainError, type PlainError } from '../../../domain/errors.ts';
import { machineKinds, type MachineKind } from '../../../domain/machine.ts';
import { Field } from '../../base/controls/field.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { newId } from '../../base/random.ts';
import {
  connectMachine,
  hostOf,
  isOpenToOthers,
  readAddress,
  usualAddress,
} from '../../machines/connect-machine.ts';
import { openMachines } from '../../machines/open-machines.ts';
import { addressOf, type OwnMachine } from '../../machines/own-machines.ts';
import { message } from '../../words/message.ts';
import { useApp } from '../hooks.ts';
import MachineTrouble from '../../machines/ui/machine-trouble.tsx';
import { useMachineWords } from '../../machines/ui/use-machine-words.ts';
import styles from './machines.module.css';

interface MachineFormProps {
  /** The one to change; null adds one. */
  readonly machine: OwnMachine | null;
  /** To begin with: the machine that serves this page. */
  readonly address?: string;
  readonly onClose: () => void;
}

/** A machine to be added or changed. Nothing is sent before the person has read what will be, and to whom. */
export function MachineForm({ machine, address: given, onClose }: MachineFormProps) {
  const words = useMachineWords();
  const { actions, context } = useApp();
  const [kind, setKind] = useState<MachineKind>(machine?.kind ?? 'zoetrope');
  const [address, setAddress] = useState(machine?.address ?? given ?? usualAddress[kind]);
  const [name, setName] = useState(machine?.name ?? '');
  const [key, setKey] = useState('');
  const { connecting, problem, connect, cancel } = useConnecting();
  const read = readAddress(address);
  const [touched, setTouched] = useState(false);
  const shownName = name.trim() || (read === null ? words.kinds[kind] : hostOf(read));

  const chooseKind = (next: MachineKind) => {
    if (address === usualAddress[kind]) setAddress(usualAddress[next]);
    setKind(next);
  };
  const agree = async () => {
    setTouched(true);
    if (read === null) return;
    const own = machine ? addressOf(context.deps.storage, machine).key : undefined;
    const stays = machine?.address === read && machine.kind === kind ? own : undefined;
    const pairs = kind === 'zoetrope';
    const typed = key.trim();
    const known = pairs || typed === '' ? stays : typed;
    const asked = { kind, address: read, ...(known !== undefined && { key: known }) };
    const connected = await connect({ machine: asked, ...(pairs && { code: typed }) });
    if (!connected) return;
    const { capabilities } = connected;
    const model = capabilities.models.some(({ id }) => id === machine?.model) ? machine!.model : null;
    const kept: OwnMachine = {
      ...(machine?.helps !== undefined && { helps: machine.helps }),
      ...{ id: machine?.id ?? newId(), kind, name: shownName, address: read, agreed: true, capabilities },
      model: model ?? capabilities.models[0]?.id ?? null,
    };
    actions.keepMachine(kept, connected.key ?? null);
    actions.tell(message('machineAdded', shownName));
    onClose();
  };

  return (
    <Modal title={machine ? words.changeTitle(machine.name) : words.addTitle} open onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void agree();
        }}
      >
        <SelectField
          label={words.kind}
          value={kind}
          onValue={chooseKind}
          options={machineKinds.map((value) => ({ value, label: words.kinds[value] }))}
          hint={words.kindHints[kind]}
        />
        <Field label={words.address} problem={touched && read === null ? words.addressWrong : undefined}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type="url"
              inputMode="url"
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              placeholder={addressPlaceholder}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
              onBlur={() => setTouched(address !== '')}
            />
          )}
        </Field>
        <Field label={words.name} hint={words.nameHint}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              dir="auto"
              placeholder={shownName}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <KeyField kind={kind} kept={machine !== null} value={key} onValue={setKey} />
        <Before kind={kind} address={read} />
        {problem ? <MachineTrouble error={problem} /> : null}
        <div className="row">
          <button type="submit" className="button primary" disabled={connecting}>
            {connecting ? words.connecting : words.agree}
          </button>
          <button type="button" className="button outline" onClick={connecting ? cancel : onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Modal>
  );
}

const addressPlaceholder = 'http://192.168.1.2:8000';

interface KeyFieldProps {
  readonly kind: MachineKind;
  /** There may be one already. */
  readonly kept: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function KeyField({ kind, kept, value, onValue }: KeyFieldProps) {
  const words = useMachineWords();
  const pairs = kind === 'zoetrope';
  const hint = pairs
    ? words.pairingCodeHint
    : kind in words.keyHints
      ? words.keyHints[kind as 'horde']
      : null;
  if (hint === null) return null;
  return (
    <Field
      label={pairs ? words.pairingCode : words.key}
      hint={
        <>
          {hint}
          {kept ? ` ${words.keyKept}` : null}
        </>
      }
    >
      {(ids) => (
        <input
          {...ids}
          className={`input ${pairs ? styles.code : ''}`}
          type={pairs ? 'text' : 'password'}
          inputMode={pairs ? 'numeric' : 'text'}
          autoComplete="off"
          dir="ltr"
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Read before the first use of a machine, in plain words. */
function Before({ kind, address }: { kind: MachineKind; address: string | null }) {
  const words = useMachineWords();
  return (
    <section className={styles.before} aria-label={words.before}>
      <h4>{words.before}</h4>
      <dl>
        <dt>{words.sent}</dt>
        <dd>{words.sentWhat}</dd>
        <dt>{words.toWhom}</dt>
        <dd>
          {words.toHost(address === null ? '…' : hostOf(address))}
          {address !== null && isOpenToOthers(address) ? ` ${words.unencrypted}` : null}
        </dd>
        <dt>{words.kept}</dt>
        <dd>{words.keptBy[kind]}</dd>
      </dl>
    </section>
  );
}

function useConnecting() {
  const [connecting, setConnecting] = useState(false);
  const [problem, setProblem] = useState<PlainError | null>(null);
  const open = useRef<AbortController | null>(null);
  useEffect(() => () => open.current?.abort(), []);
  const connect = async (asked: Parameters<typeof connectMachine>[1]) => {
    const controller = new AbortController();
    open.current = controller;
    setConnecting(true);
    setProblem(null);
    try {
      return await connectMachine(openMachines().machines, asked, controller.signal);
    } catch (error) {
      if (!isAbort(error)) setProblem(toPlainError(error));
      return null;
    } finally {
      setConnecting(false);
    }
  };
  return { connecting, problem, connect, cancel: () => open.current?.abort() };
}
