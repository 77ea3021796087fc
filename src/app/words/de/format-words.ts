import type { FormatWords } from '../format.ts';

export const formatWords: FormatWords = {
  units: { second: 's', minute: 'min', hour: 'h' },
  of: (part, whole) => `${part} von ${whole}`,
  left: (duration) => `noch etwa ${duration}`,
};
