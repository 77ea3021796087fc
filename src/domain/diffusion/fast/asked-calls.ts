/** At which calls of a run the model is asked; the others are forecast. */
export interface AskingRule {
  /** So many calls at the start are asked: that is where the picture is decided. */
  readonly warmUp: number;
  /** In runs of fewer calls than this one more is: each goes further, and there is less to go by. */
  readonly shortBelow?: number;
  /** After that one of so many is asked … */
  readonly window: number;
  /** … and this much rarer after each. */
  readonly growth: number;
  /** So many calls at the end are asked: that is where the picture becomes sharp. */
  readonly tail: number;
}

/** Source: the window that grows as the run goes on, of "Spectrum" (2026, arXiv 2603.01623), section 3.3. One flag for each call. */
export function askedCalls(calls: number, rule: AskingRule): readonly boolean[] {
  const { window, growth, tail, shortBelow = 0 } = rule;
  const warmUp = rule.warmUp + (calls < shortBelow ? 1 : 0);
  let every = window;
  let since = 0;
  return Array.from({ length: calls }, (_, call) => {
    if (call < warmUp || call >= calls - tail) return true;
    since++;
    if (since < Math.floor(every)) return false;
    since = 0;
    every += growth;
    return true;
  });
}
