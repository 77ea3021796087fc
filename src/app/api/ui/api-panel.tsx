import { SquareTerminal, X } from 'lucide-react';
import type { ApiJobState } from '../jobs.ts';
import type { ApiPage } from '../start.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { Sentence } from '../../words/sentence.tsx';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './api-panel.module.css';

interface ApiPanelProps {
  readonly page: ApiPage;
  readonly jobs: readonly ApiJobState[];
  /** The origin that wants to be let in. */
  readonly asked: string | null;
}

/** What scripts have asked for, each with its way out; and the question whether another site may ask at all. */
export default function ApiPanel({ page, jobs, asked }: ApiPanelProps) {
  const { api } = useWords();
  const open = jobs.filter(({ state }) => state === 'queued' || state === 'running');
  return (
    <>
      {open.length > 0 ? (
        <section className={styles.panel} aria-label={api.title}>
          <ul>
            {open.map((job) => (
              <Row key={job.id} job={job} onCancel={() => page.cancel(job.id)} />
            ))}
          </ul>
        </section>
      ) : null}
      <Consent origin={asked} onAnswer={(allowed) => page.consent.answer(allowed)} />
    </>
  );
}

function Row({ job, onCancel }: { job: ApiJobState; onCancel: () => void }) {
  const { api } = useWords();
  return (
    <li className={styles.job}>
      <SquareTerminal size={18} aria-hidden />
      <div className={styles.words}>
        <p className={styles.label} title={job.label}>
          {job.label}
        </p>
        <p className={styles.state}>{stateWords(api, job)}</p>
      </div>
      <button
        type="button"
        className="button icon"
        aria-label={api.cancel(job.label)}
        disabled={job.cancelling}
        onClick={onCancel}
      >
        <X size={16} aria-hidden />
      </button>
    </li>
  );
}

function stateWords(api: Words['api'], job: ApiJobState): string {
  const { kind, state, step, steps, etaSec, cancelling } = job;
  const what = api.kinds[kind];
  if (cancelling) return api.stopping(what);
  if (state === 'queued') return api.waiting(what);
  if (step === 0) return api.gettingReady(what);
  return etaSec === null ? api.step(what, step, steps) : api.stepLeft(what, step, steps, etaSec);
}

function Consent({ origin, onAnswer }: { origin: string | null; onAnswer: (allowed: boolean) => void }) {
  const { api } = useWords();
  return (
    <Modal title={api.askTitle} open={origin !== null} onClose={() => onAnswer(false)}>
      <p>
        <Sentence of={api.ask}>
          <strong>
            <bdi>{origin}</bdi>
          </strong>
        </Sentence>
      </p>
      <div className={styles.consent}>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {api.refuse}
        </button>
        <button type="button" className="button primary" onClick={() => onAnswer(true)}>
          {api.allow}
        </button>
      </div>
    </Modal>
  );
}
