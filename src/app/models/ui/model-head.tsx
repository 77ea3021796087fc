import { TriangleAlert } from 'lucide-react';
import type { Fit } from '../../../domain/model/fit.ts';
import type { ModelCard } from '../../../domain/model/model.ts';
import { formatBytes, formatSize, keepSizesWhole } from '../../base/format.ts';
import { fitWords } from './model-words.ts';

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
  const { width, height, steps } = card.defaults;
  return (
    <>
      <div className="model-title">
        <h3>{card.name}</h3>
        {badge ? <span className="model-badge">{badge}</span> : null}
      </div>
      <p>{keepSizesWhole(card.description)}</p>
      <ul className="model-facts">
        <li>{formatBytes(sizeBytes)}</li>
        <li>{keepSizesWhole(formatSize(width, height))}</li>
        <li>{steps} steps</li>
        <li>
          {licenceUrl ? (
            <a href={licenceUrl} target="_blank" rel="noreferrer">
              {card.licence}
            </a>
          ) : (
            `Licence: ${card.licence}`
          )}
        </li>
        {revision ? <li title={revision}>version {revision.slice(0, 7)}</li> : null}
      </ul>
      {fit?.reasons.map((reason) => (
        <p key={reason.kind} className={fit.verdict === 'no' ? 'model-fit no' : 'model-fit'}>
          <TriangleAlert size={16} aria-hidden />
          {fitWords(reason)}
        </p>
      ))}
    </>
  );
}
