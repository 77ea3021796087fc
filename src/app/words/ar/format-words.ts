import type { FormatWords } from '../format.ts';

export const formatWords: FormatWords = {
  of: (part, whole) => `${part} من ${whole}`,
  left: (duration) => `بقي نحو ${duration}`,
};
