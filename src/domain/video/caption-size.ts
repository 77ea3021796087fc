export const captionSizes = ['normal', 'small'] as const;
export type CaptionSize = (typeof captionSizes)[number];
