import type { ModelPlan } from '../../../domain/model/plan.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './filled-files.module.css';

/** What the source lacks and was filled in with what is usual; nothing where it had everything. */
export function FilledFiles({ plan: { filled, origin } }: { plan: ModelPlan }) {
  const { models } = useWords();
  if (filled.length === 0) return null;
  const where = origin.kind === 'hub' ? origin.repository : origin.folderName;
  const paths = filled.map(({ path }) => path).join(', ');
  return <p className={`hint ${styles.filled}`}>{models.filled(where, paths)}</p>;
}
