import type { ModelPlan } from '../../../domain/model/plan.ts';
import { libraryKey } from '../../../domain/model/stored-model.ts';
import { useModelsActions, useModelsState } from '../models-hooks.tsx';
import { planFit, rowKey } from '../models-state.ts';
import { FilledFiles } from './filled-files.tsx';
import { ModelHead } from './model-head.tsx';
import { ErrorText, ModelWorkView } from './model-work.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './model.module.css';

/** What a search found, or why it found nothing. */
export function FoundPlans() {
  const { models, common } = useWords();
  const found = useModelsState((state) => state.found);
  switch (found.status) {
    case 'nothing':
      return null;
    case 'looking':
      return <p role="status">{common.looking}</p>;
    case 'failed':
      return (
        <div className={`${styles.work} ${styles.failure}`} role="alert">
          <ErrorText error={found.error} />
        </div>
      );
    case 'plans':
      return (
        <ul className={styles.list} aria-label={models.found}>
          {found.plans.map((plan) => (
            <FoundPlan key={plan.id} plan={plan} from={found.from} />
          ))}
        </ul>
      );
  }
}

function FoundPlan({ plan, from }: { plan: ModelPlan; from: 'hub' | 'disk' }) {
  const { models, format } = useWords();
  const { download, importPlan } = useModelsActions();
  const state = useModelsState((all) => all);
  const key = rowKey(plan);
  const inList = state.library.models.filter((model) => rowKey(model.plan) === key);
  const stored = inList.some((model) => libraryKey(model.plan) === libraryKey(plan));
  const work = state.work[key];
  const begin = () => (from === 'hub' ? download(plan) : importPlan(plan));
  const size = format.bytes(plan.totalBytes);
  return (
    <li className={styles.row} aria-label={plan.card.name}>
      <ModelHead
        card={plan.card}
        sizeBytes={plan.totalBytes}
        revision={plan.revision}
        fit={planFit(plan, state)}
        badge={null}
      />
      <FilledFiles plan={plan} />
      {work && !stored ? (
        <ModelWorkView rowKey={key} name={plan.card.name} work={work} onRetry={begin} />
      ) : null}
      {stored ? <p className="hint">{models.inList}</p> : null}
      {!stored && inList.length > 0 ? <p className="hint">{models.otherVersionInList}</p> : null}
      {work || stored ? null : (
        <div className={styles.actions}>
          <button type="button" className="button outline" onClick={begin}>
            {from === 'hub' ? models.download(size) : models.copy(size)}
          </button>
        </div>
      )}
    </li>
  );
}
