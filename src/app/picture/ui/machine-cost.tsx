import { useEffect, useState } from 'react';
import type { MachineQuote } from '../../../engine/machine-protocol.ts';
import { useWords } from '../../words/words-context.tsx';
import { useActions, useAppState } from '../hooks.ts';

/** Whoever is still choosing a size asks for nothing yet. */
const settledMs = 800;

/** What the next pictures cost on the machine that draws, before they are asked for. */
export default function MachineCost() {
  const { picture } = useWords();
  const { quote } = useActions();
  const count = useAppState((state) => state.draft.count);
  const what = useAppState(({ modelId, draft: { steps, width, height, sampler } }) =>
    [modelId, steps, width, height, sampler].join(),
  );
  const [found, setFound] = useState<{ readonly what: string; readonly quote: MachineQuote | null }>();
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void quote(controller.signal).then((told) => {
        if (!controller.signal.aborted) setFound({ what, quote: told });
      });
    }, settledMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [quote, what]);
  const known = found?.what === what ? found.quote : null;
  if (!known || !Number.isFinite(count)) return null;
  return (
    <p className="hint" role="status">
      {picture.kudos(known.kudos * count, known.balance)}
    </p>
  );
}
