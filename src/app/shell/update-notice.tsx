import { RefreshCw } from 'lucide-react';
import { useAppState } from './app-hooks.tsx';
import { usePwa } from '../pwa/pwa-context.tsx';
import { useWords } from '../words/words-context.tsx';

/** A new version is ready. It never comes by itself while the page is open, and is not mentioned while a picture is being made. */
export function UpdateNotice() {
  const { shell } = useWords();
  const { now, applyUpdate } = usePwa();
  const running = useAppState((state) => state.run.status === 'running');
  const shown = now.update === 'waiting-for-work' || (now.update === 'ready' && !running);
  return (
    <div className="notices" role="status">
      {shown ? (
        <div className="notice">
          <RefreshCw size={18} aria-hidden />
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
        </div>
      ) : null}
    </div>
  );
}
