import type { ModelPlan } from '../../../domain/model/plan.ts';

/** What the source lacks and was filled in with what is usual; nothing where it had everything. */
export function FilledFiles({ plan: { filled, origin } }: { plan: ModelPlan }) {
  if (filled.length === 0) return null;
  const where = origin.kind === 'hub' ? origin.repository : origin.folderName;
  const paths = filled.map(({ path }) => path).join(', ');
  return (
    <p className="hint model-filled">
      Not in {where}, and taken as usual for this family: {paths}.
    </p>
  );
}
