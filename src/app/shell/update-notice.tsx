import { RefreshCw } from 'lucide-react';
import { useAppState } from './app-hooks.tsx';
import { usePwa } from '../pwa/pwa-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { Notice, NoticeList } from '../base/controls/notice.tsx';

/** A new version is ready. It never comes by itself while the page is open, and is not mentioned while a picture is being made. */
export function UpdateNotice() {
  const { shell } = useWords();
  const { now, applyUpdate } = usePwa();
  const running = useAppState((state) => state.run.status === 'running');
  const shown = now.update === 'waiting-for-work' || (now.update === 'ready' && !running);
  return (
    <NoticeList>
      {shown ? (
        <Notice icon={RefreshCw}>
          {now.update === 'ready' ? (
            <>
              <p>{shell.updateReady}</p>
              <button type="button" className="button soft" onClick={applyUpdate}>
                {shell.reload}
              </button>
            </>
          ) : (
            <p>{shell.updateWaits}</p>
          )}
        </Notice>
      ) : null}
    </NoticeList>
  );
}
