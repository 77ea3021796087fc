import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Forgets the saved settings, which may be what the page stumbles over. */
  readonly onReset: () => void;
}

/** When drawing the page fails: says so, and offers a way back. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="broken">
        <h1>The page could not be drawn</h1>
        <p>Reload it: your prompt and settings are kept. If that does not help, reset the settings.</p>
        <div className="row">
          <button type="button" className="button primary" onClick={() => location.reload()}>
            Reload
          </button>
          <button
            type="button"
            className="button outline"
            onClick={() => {
              this.props.onReset();
              location.reload();
            }}
          >
            Reset settings and reload
          </button>
        </div>
        <details>
          <summary>Details</summary>
          <pre>{error.stack ?? error.message}</pre>
        </details>
      </main>
    );
  }
}
