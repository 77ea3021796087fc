import { Fragment } from 'react';
import { machineName } from '../../../domain/machine.ts';
import type { ImageRecipe } from '../../../domain/recipe/recipe.ts';
import type { Work } from '../../../domain/recipe/work.ts';
import { recipeOfWork } from './recipe-of.ts';
import { samplerWords } from './differences.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './work-facts.module.css';

/** The prompt, and the few numbers that made it. */
export function WorkFacts({ work }: { work: Work }) {
  const words = useWords();
  const { common, format, gallery, errors } = words;
  const found = recipeOfWork(work);
  const facts = [
    ...(found.status === 'known' ? settingsWords(words, found.recipe) : []),
    format.size(work.width, work.height),
    ...(work.durationSec === undefined ? [] : [format.seconds(work.durationSec)]),
    format.bytes(work.sizeBytes),
    ...madeElsewhere(words, work),
    ...(work.via === 'api' ? [gallery.viaApi] : []),
  ];
  return (
    <div className={styles.facts}>
      <p className={styles.prompt} dir="auto">
        {work.text || common.noPrompt}
      </p>
      <p className="hint">
        {facts.map((fact, index) => (
          <Fragment key={fact}>
            {index === 0 ? '' : ' · '}
            <bdi>{fact}</bdi>
          </Fragment>
        ))}
      </p>
      {found.status === 'unreadable' ? <p className="hint">{errors[found.error.code].title}</p> : null}
    </div>
  );
}

function settingsWords(
  { common, gallery }: Words,
  { settings, model }: Pick<ImageRecipe, 'settings' | 'model'>,
): string[] {
  return [
    gallery.seed(settings.seed),
    gallery.steps(settings.steps),
    samplerWords(common, settings.sampler),
    ...(settings.speed === 'fast' ? [common.speeds.fast] : []),
    model.id,
  ];
}

/** What other machines made of it: all, or some scenes. */
function madeElsewhere({ gallery }: Words, work: Work): string[] {
  const found = recipeOfWork(work);
  const machine = found.status === 'known' ? found.recipe.machine : undefined;
  if (machine) return [gallery.madeOn(machineName(machine.kind))];
  const by = sceneMachines(work.recipe);
  return [...new Set(by)].flatMap((each) => {
    const numbers = by.flatMap((other, index) => (other === each ? [index + 1] : []));
    return each === undefined ? [] : [gallery.scenesMadeOn(machineName(each), numbers)];
  });
}

/** Of a film's recipe, whichever version; empty for all else. */
function sceneMachines(recipe: unknown): (string | undefined)[] {
  const { project } = (recipe ?? {}) as { readonly project?: { readonly scenes?: unknown } | null };
  const scenes = project?.scenes;
  return Array.isArray(scenes)
    ? scenes.map((scene: { readonly machine?: unknown } | null) =>
        typeof scene?.machine === 'string' ? scene.machine : undefined,
      )
    : [];
}
