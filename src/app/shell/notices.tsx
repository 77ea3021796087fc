import { Info, X } from 'lucide-react';
import { Notice, NoticeList } from '../base/controls/notice.tsx';
import type { EngineNotice } from '../../engine/protocol.ts';
import { useActions, useAppState } from './app-hooks.tsx';
import { useWords } from '../words/words-context.tsx';
import type { Words } from '../words/words.ts';
import styles from './notices.module.css';

/** What the engine did differently from what was asked: quiet, and gone when dismissed. */
export function Notices() {
  const notices = useAppState((state) => state.notices);
  return (
    <NoticeList>
      {notices.map((notice) => (
        <OneNotice key={notice.kind} notice={notice} />
      ))}
    </NoticeList>
  );
}

function OneNotice({ notice }: { notice: EngineNotice }) {
  const { dismissNotice } = useActions();
  const { shell, common, errors } = useWords();
  return (
    <Notice icon={Info}>
      <p>
        {noticeWords(shell, notice)}{' '}
        {'code' in notice && <span className={styles.reason}>({errors[notice.code].title})</span>}
      </p>
      <button
        type="button"
        className="button icon"
        aria-label={common.dismiss}
        onClick={() => dismissNotice(notice)}
      >
        <X size={16} aria-hidden />
      </button>
    </Notice>
  );
}

function noticeWords(shell: Words['shell'], notice: EngineNotice): string {
  if (notice.kind === 'safer-mode') return shell.saferMode;
  if (notice.kind === 'single-precision') return shell.singlePrecision;
  if (notice.kind === 'lora-in-part') return shell.loraInPart(notice.name, notice.applied, notice.left);
  if (notice.kind === 'all-layers') return shell.allLayers(notice.clipSkip);
  const { from, to } = notice;
  return shell.fallback(shell.backendNames[from], shell.backendNames[to]);
}
