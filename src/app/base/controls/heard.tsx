import type { ReactNode } from 'react';

/**
 * For those who hear the page: read out as it changes. `aria-live` is written out though the role implies it: an open dialog hides everything
 * outside of itself but what has that attribute (https://github.com/theKashey/aria-hidden/issues/10).
 */
export function Heard({ children }: { children: ReactNode }) {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {children}
    </div>
  );
}
