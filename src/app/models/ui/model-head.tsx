import { Info, TriangleAlert } from 'lucide-react';
import type { Fit } from '../../../domain/model/fit.ts';
import type { ModelCard } from '../../../domain/model/card.ts';
import { keepSizesWhole } from '../../base/format.ts';
import { fitWords } from './model-words.ts';
import { useWords } from '../../words/words-context.tsx';
import shared from './model.module.css';
import styles from './model-head.module.css';

interface HeadProps {
  readonly card: ModelCard;
  readonly licenceUrl?: string | undefined;
  readonly sizeBytes: number;
  readonly revision?: string | undefined;
  readonly fit: Fit | null;
  readonly badge: string | null;
}

/** What a model is, and whether this device is one for it. */
export function ModelHead({ card, licenceUrl, sizeBytes, revision, fit, badge }: HeadProps) {
  const { models, format } = useWords();
  const { width, height, steps } = card.defaults;
  return (
    <>
      <div className={shared.title}>
        <h3>
          <bdi>{card.name}</bdi>
        </h3>
        {badge ? <span className={shared.badge}>{badge}</span> : null}
      </div>
      <p dir="auto">{keepSizesWhole(models.descriptions[card.description] ?? card.description)}</p>
      <ul className={shared.facts}>
        <li>{format.bytes(sizeBytes)}</li>
        <li>{keepSizesWhole(format.size(width, height))}</li>
        <li>{models.steps(steps)}</li>
        <li>
          {licenceUrl ? (
            <a href={licenceUrl} target="_blank" rel="noreferrer">
              {card.licence}
            </a>
          ) : (
            models.licence(card.licence)
          )}
        </li>
        {revision ? <li title={revision}>{models.version(revision.slice(0, 7))}</li> : null}
      </ul>
      {fit?.reasons.map((reason) => (
        <p key={reason.kind} className={fit.verdict === 'no' ? `${styles.fit} ${styles.no}` : styles.fit}>
          {reason.kind === 'single-precision' ? (
            <Info size={16} aria-hidden />
          ) : (
            <TriangleAlert size={16} aria-hidden />
          )}
          {fitWords(models, reason)}
        </p>
      ))}
    </>
  );
}
