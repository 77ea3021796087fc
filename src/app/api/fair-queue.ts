/** One after another, and by turns: who sends a hundred requests at once leaves room between them for those of others. */

export interface FairQueue {
  /** `run` must not reject: the next one's turn hangs on it. */
  add(client: string, run: () => Promise<void>): void;
}

interface Waiting {
  readonly client: string;
  readonly run: () => Promise<void>;
}

export function createFairQueue(): FairQueue {
  const waiting: Waiting[] = [];
  /** Client → when it had its last turn, counted in turns. */
  const servedAt = new Map<string, number>();
  let turns = 0;
  let running = false;

  const next = async () => {
    const turn = running ? undefined : longestUnserved(waiting, servedAt);
    if (!turn) return;
    running = true;
    waiting.splice(waiting.indexOf(turn), 1);
    servedAt.set(turn.client, ++turns);
    await turn.run();
    running = false;
    // Those who have nothing more to ask need not be remembered.
    if (waiting.length === 0) servedAt.clear();
    void next();
  };
  return {
    add: (client, run) => {
      waiting.push({ client, run });
      void next();
    },
  };
}

/** Of equals, the one that came first. */
function longestUnserved(
  waiting: readonly Waiting[],
  servedAt: ReadonlyMap<string, number>,
): Waiting | undefined {
  const at = ({ client }: Waiting) => servedAt.get(client) ?? 0;
  return waiting.reduce<Waiting | undefined>(
    (best, each) => (best && at(best) <= at(each) ? best : each),
    undefined,
  );
}
