import { Info, X } from 'lucide-react';
import type { EngineNotice } from '../../engine/protocol.ts';
import { useActions, useAppState } from './app-hooks.tsx';

const backendNames = { webgpu: 'GPU', wasm: 'CPU' } as const;

/** What the engine did differently from what was asked: quiet, and gone when dismissed. */
export function Notices() {
  const notices = useAppState((state) => state.notices);
  return (
    <div className="notices" role="status">
      {notices.map((notice) => (
        <Notice key={notice.kind} notice={notice} />
      ))}
    </div>
  );
}

function Notice({ notice }: { notice: EngineNotice }) {
  const { dismissNotice } = useActions();
  return (
    <div className="notice">
      <Info size={18} aria-hidden />
      <p>
        {noticeWords(notice)} <span className="notice-reason">({notice.reason})</span>
      </p>
      <button
        type="button"
        className="button icon"
        aria-label="Dismiss"
        onClick={() => dismissNotice(notice)}
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}

function noticeWords(notice: EngineNotice): string {
  if (notice.kind === 'safer-mode') {
    return 'The picture came out empty at first, so it was made again in a slower, safer way.';
  }
  const { from, to } = notice;
  return `The ${backendNames[from]} could not do it; the work goes on with the ${backendNames[to]}.`;
}
