import type { FormatWords } from '../format.ts';

export const formatWords: FormatWords = {
  units: { second: 's', minute: 'min', hour: 'h' },
  percent: (number) => `${number} %`,
  of: (part, whole) => `${part} of ${whole}`,
  left: (duration) => `about ${duration} left`,
};
