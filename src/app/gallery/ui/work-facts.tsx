import { samplerName } from '../../../domain/recipe/sampler-names.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { formatBytes, formatSeconds, formatSize } from '../../base/format.ts';
import { recipeOfWork } from './recipe-of.ts';

/** The prompt, and the few numbers that made it. */
export function WorkFacts({ work }: { work: Work }) {
  const found = recipeOfWork(work);
  const facts = [
    ...(found.status === 'known' ? settingsWords(found.recipe) : []),
    formatSize(work.width, work.height),
    ...(work.durationSec === undefined ? [] : [formatSeconds(work.durationSec)]),
    formatBytes(work.sizeBytes),
    ...(work.via === 'api' ? ['made through the API'] : []),
  ];
  return (
    <div className="viewer-facts">
      <p className="viewer-prompt">{work.text || 'No prompt'}</p>
      <p className="hint">{facts.join(' · ')}</p>
      {found.status === 'unreadable' ? <p className="hint">{found.error.message}</p> : null}
    </div>
  );
}

function settingsWords({
  settings,
  model,
}: {
  settings: { seed: number; steps: number; sampler: Parameters<typeof samplerName>[0] };
  model: { id: string };
}): string[] {
  return [`Seed ${settings.seed}`, `${settings.steps} steps`, samplerName(settings.sampler), model.id];
}
