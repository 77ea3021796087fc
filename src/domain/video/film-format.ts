export const filmFormats = ['mp4', 'webm', 'gif', 'png-zip'] as const;
export type FilmFormat = (typeof filmFormats)[number];
