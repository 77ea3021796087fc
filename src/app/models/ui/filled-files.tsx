import type { ModelOrigin, ModelPlan } from '../../../domain/model/plan.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './filled-files.module.css';

/** What the source lacks and was filled in with what is usual; nothing where it had everything. */
export function FilledFiles({ plan: { filled, origin } }: { plan: ModelPlan }) {
  const { models } = useWords();
  if (filled.length === 0) return null;
  const where = whereFrom(origin);
  const paths = filled.map(({ path }) => path).join(', ');
  return <p className={`hint ${styles.filled}`}>{models.filled(where, paths)}</p>;
}

function whereFrom(origin: ModelOrigin): string {
  if (origin.kind === 'hub') return origin.repository;
  return origin.kind === 'disk' ? origin.folderName : new URL(origin.url).host;
}
