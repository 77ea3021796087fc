import { Component, type ContextType, type ReactNode } from 'react';
import { WordsContext } from '../words/words-context.tsx';
import styles from './error-boundary.module.css';

interface Props {
  readonly children: ReactNode;
  /** Forgets the saved settings, which may be what the page stumbles over. */
  readonly onReset: () => void;
}

/** When drawing the page fails: says so, and offers a way back. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  static override contextType = WordsContext;
  declare context: ContextType<typeof WordsContext>;
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { shell, common } = this.context!;
    return (
      <main className={styles.broken}>
        <h1>{shell.brokenTitle}</h1>
        <p>{shell.brokenAdvice}</p>
        <div className="row">
          <button type="button" className="button primary" onClick={() => location.reload()}>
            {shell.reload}
          </button>
          <button
            type="button"
            className="button outline"
            onClick={() => {
              this.props.onReset();
              location.reload();
            }}
          >
            {shell.resetAndReload}
          </button>
        </div>
        <details>
          <summary>{common.details}</summary>
          <pre>{error.stack ?? error.message}</pre>
        </details>
      </main>
    );
  }
}
