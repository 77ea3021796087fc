import type { filmNames as english } from '../en/film-names.ts';

export const filmNames: typeof english = {
  transitions: {
    none: 'قطع',
    'cross-fade': 'تداخل تدريجي',
    'fade-black': 'تلاشٍ عبر الأسود',
    'fade-white': 'تلاشٍ عبر الأبيض',
    slide: 'انزلاق',
    wipe: 'مسح',
    zoom: 'تقريب',
    dissolve: 'ذوبان',
    morph: 'تحوّل',
  },
  motions: {
    still: 'ثابت',
    'zoom-in': 'اقتراب',
    'zoom-out': 'ابتعاد',
    'pan-left': 'تحرك إلى اليسار',
    'pan-right': 'تحرك إلى اليمين',
    'pan-up': 'تحرك إلى الأعلى',
    'pan-down': 'تحرك إلى الأسفل',
  },
  formats: { mp4: 'MP4', webm: 'WebM', gif: 'GIF', 'png-zip': 'إطارات PNG' },
  formatHints: {
    mp4: 'H.264، يعمل في كل مكان',
    webm: 'VP9، للويب',
    gif: 'يتحرك في كل مكان، بلا صوت',
    'png-zip': 'كل إطار، في ملف zip',
  },
  encoders: { auto: 'أسرع مُرمِّز', ffmpeg: 'الأكثر توافقًا (ffmpeg)' },
  transitionModes: { insert: 'إطارات إضافية', overlap: 'إطارات المشاهد' },
  seedModes: { common: 'واحد لكل المشاهد', 'per-scene': 'واحد لكل مشهد' },
  badges: { own: 'خاصة بك', stale: 'تغيّرت' },
};
