import type { FilmUnit } from '../../../domain/video/film-problem.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { nouns } from './nouns.ts';

const units: Record<FilmUnit, string> = {
  fps: 'الإطارات في الثانية',
  steps: 'الخطوات',
  pixels: 'البكسلات',
  frames: 'الإطارات',
  pictures: 'الصور',
  seconds: 'الثواني',
};

const unitWords = (unit: FilmUnit | null) => (unit ? `${units[unit]}: ` : '');

export const filmProblems = (f: Format): Words['filmProblems'] => ({
  fewScenes: (min) => `عدد المشاهد المطلوب على الأقل: ${f.number(min)}`,
  manyScenes: (max) => `الحد الأقصى ${f.count(max, nouns.scenes)}`,
  manyPixels: (width, height) => `الحد الأقصى ${f.size(width, height)} بكسل إجمالًا.`,
  tooLong: (max) => `الحد الأقصى ${f.count(max, nouns.characters)}.`,
  emptyScene: () => 'اكتب ما يعرضه هذا المشهد، أو أعطه صورة من عندك.',
  manyFrames: (frames, max) =>
    `ينتج عن هذا ${f.count(frames, nouns.frames)}، والحد الأقصى ${f.number(max)} (عشر دقائق بسرعة ${f.number(60)} إطارًا في الثانية).`,
  overlapped: (transitionFrames, frames) =>
    `تغطي الانتقالات من هذا المشهد ${f.count(transitionFrames, nouns.frames)}، وطوله ${f.count(frames, nouns.frames)} فقط: أطِله أو قصِّرها.`,
  noFrames: () => 'يحتاج المشهد إلى إطار واحد على الأقل: أطِله.',
  duration: (max) => `أكثر من ${f.number(0)} وبحد أقصى ${f.count(max, nouns.seconds)}.`,
  odd: () => 'يجب أن يكون العدد زوجيًا: يتطلب H.264 ذلك.',
  notWhole: (min, max, unit) => `${unitWords(unit)}عدد صحيح من ${f.plain(min)} إلى ${f.plain(max)}.`,
  noRate: (min, max, others) =>
    `عدد صحيح من الإطارات في الثانية من ${f.plain(min)} إلى ${f.plain(max)}، أو ${others.map(f.plain).join('؛ ')}.`,
  outside: (min, max, unit) => `${unitWords(unit)}بين ${f.plain(min)} و${f.plain(max)}.`,
});
