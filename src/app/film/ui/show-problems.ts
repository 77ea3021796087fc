import type { FieldProblem } from '../../../domain/video/check-film.ts';

/** Brings the first wrong field into view. */
export function showProblems(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>(
      '[data-storyboard] [aria-invalid="true"], [data-storyboard] [data-invalid]',
    );
    wrong?.focus();
    wrong?.scrollIntoView({ block: 'center' });
  });
}
