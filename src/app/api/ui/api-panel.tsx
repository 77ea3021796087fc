import { SquareTerminal, X } from 'lucide-react';
import type { ApiJobState } from '../jobs.ts';
import type { ApiPage } from '../start.ts';
import { Modal } from '../../base/controls/modal.tsx';
import './api-panel.css';

interface ApiPanelProps {
  readonly page: ApiPage;
  readonly jobs: readonly ApiJobState[];
  /** The origin that wants to be let in. */
  readonly asked: string | null;
}

/** What scripts have asked for, each with its way out; and the question whether another site may ask at all. */
export default function ApiPanel({ page, jobs, asked }: ApiPanelProps) {
  const open = jobs.filter(({ state }) => state === 'queued' || state === 'running');
  return (
    <>
      {open.length > 0 ? (
        <section className="api-panel" aria-label="Work for scripts">
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
  return (
    <li className="api-job">
      <SquareTerminal size={18} aria-hidden />
      <div className="api-job-words">
        <p className="api-job-label" title={job.label}>
          {job.label}
        </p>
        <p className="api-job-state">{stateWords(job)}</p>
      </div>
      <button
        type="button"
        className="button icon"
        aria-label={`Cancel “${job.label}”`}
        disabled={job.cancelling}
        onClick={onCancel}
      >
        <X size={16} aria-hidden />
      </button>
    </li>
  );
}

function stateWords({ kind, state, step, steps, etaSec, cancelling }: ApiJobState): string {
  const what = kind === 'video' ? 'Film for a script' : 'Picture for a script';
  if (cancelling) return `${what}: stopping`;
  if (state === 'queued') return `${what}: waiting`;
  const left = etaSec === null ? '' : `, ${Math.ceil(etaSec)} s left`;
  return step === 0 ? `${what}: getting ready` : `${what}: step ${step} of ${steps}${left}`;
}

function Consent({ origin, onAnswer }: { origin: string | null; onAnswer: (allowed: boolean) => void }) {
  return (
    <Modal title="May this site make pictures here?" open={origin !== null} onClose={() => onAnswer(false)}>
      <p>
        <strong>{origin}</strong> shows Zoetrope in a frame and asks to make pictures and films with it, on
        this device. It would see what it asks for, and nothing else of yours. This lasts until the page is
        closed.
      </p>
      <div className="api-consent">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          Do not allow
        </button>
        <button type="button" className="button primary" onClick={() => onAnswer(true)}>
          Allow
        </button>
      </div>
    </Modal>
  );
}
