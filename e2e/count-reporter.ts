import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';

/** Makes the run's last line say how many stories ran, in a form that scripts can read. */
export default class CountReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onExit(): Promise<void> {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    const passed = count('expected') + count('flaky');
    process.stdout.write(
      `e2e: ${passed} passed, ${count('unexpected')} failed, ${count('skipped')} skipped\n`,
    );
    return Promise.resolve();
  }
}
