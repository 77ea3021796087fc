import { RefreshCw } from 'lucide-react';
import { useAppState } from './app-hooks.tsx';
import { usePwa } from './pwa-context.tsx';

/** A new version is ready. It never comes by itself while the page is open, and is not mentioned while a picture is being made. */
export function UpdateNotice() {
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
              <p>A new version of Zoetrope is ready. What you are doing is kept.</p>
              <button type="button" className="button soft" onClick={applyUpdate}>
                Reload
              </button>
            </>
          ) : (
            <p>The new version starts as soon as the running work is done.</p>
          )}
        </div>
      ) : null}
    </div>
  );
}
