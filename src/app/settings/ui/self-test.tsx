import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../hooks.ts';
import type { SettingsPage } from '../hooks.ts';
import { ErrorDetails } from '../../base/controls/error-details.tsx';
import { runSelfTest, selfChecks, type CheckResult, type SelfCheck } from '../../pwa/self-test.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './self-test.module.css';

type Results = Readonly<Partial<Record<SelfCheck, CheckResult>>>;

export function SelfTest({ onDone }: { onDone: () => void }) {
  const app = useApp();
  const { selfTest } = useWords().settings;
  const [results, setResults] = useState<Results | null>(null);
  const [running, setRunning] = useState(false);
  const start = async () => {
    setResults({});
    setRunning(true);
    await test(app, (check, result) => setResults((before) => ({ ...before, [check]: result })));
    setRunning(false);
    onDone();
  };
  return (
    <>
      <div className="row">
        <button type="button" className="button outline" disabled={running} onClick={() => void start()}>
          {selfTest.run}
        </button>
      </div>
      {results ? (
        <ul className={styles.checks} aria-label={selfTest.results} aria-live="polite">
          {selfChecks.map((check) => (
            <CheckLine key={check} check={check} result={results[check]} running={running} />
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** In turn with all jobs, so that it does not run beside a generation. */
function test(
  { turns, store, context }: SettingsPage,
  onResult: (check: SelfCheck, result: CheckResult) => void,
): Promise<void> {
  const { models, engine } = store.getState();
  const { ref, card } = models[0]!;
  const { width, height } = card.defaults;
  const run = () =>
    runSelfTest(
      {
        container: navigator.serviceWorker,
        model: ref,
        backend: engine.status === 'ready' ? engine.model.backend : 'wasm',
        createEngine: () => context.deps.createEngine(() => undefined),
        size: { width, height },
      },
      onResult,
    );
  return turns.add({ kind: 'self-test', run }).done;
}

interface CheckLineProps {
  readonly check: SelfCheck;
  readonly result: CheckResult | undefined;
  readonly running: boolean;
}

function CheckLine({ check, result, running }: CheckLineProps) {
  const {
    settings: { selfTest },
    errors,
  } = useWords();
  const label = selfTest.checks[check];
  if (!result) {
    return (
      <li className={styles.check}>
        {running ? <LoaderCircle size={17} aria-hidden /> : null}
        {running ? selfTest.running(label) : selfTest.notReached(label)}
      </li>
    );
  }
  const passed = result.outcome === 'passed';
  return (
    <li className={passed ? `${styles.check} ${styles.passed}` : `${styles.check} ${styles.failed}`}>
      {passed ? <CircleCheck size={17} aria-hidden /> : <CircleX size={17} aria-hidden />}
      <div>
        {passed ? selfTest.passed(label) : selfTest.failed(label)}
        {result.outcome === 'missing' ? (
          <p className="hint">{selfTest.missing(result.paths.join(', '))}</p>
        ) : null}
        {result.outcome === 'failed' ? (
          <>
            <p className="hint">{errors[result.error.code].title}</p>
            <ErrorDetails error={result.error} />
          </>
        ) : null}
      </div>
    </li>
  );
}
