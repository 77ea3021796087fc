/** From what is asked for to what is drawn: choices in prompts are drawn for each picture. */
import { drawChoices, hasChoices, type PromptLists } from '../../domain/diffusion/prompt/prompt-choices.ts';
import { settingsOfPicture, type ImageSettings } from '../../domain/diffusion/image-settings.ts';

export interface DrawnRun {
  /** Picture i has `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
}

/** A run a picture where a prompt leaves something to chance, else one. A picture's seed decides, so that it can be made again. */
export function drawnRuns(settings: ImageSettings, count: number, lists: PromptLists): readonly DrawnRun[] {
  const { prompt, negativePrompt, seed } = settings;
  if (!hasChoices(prompt) && !hasChoices(negativePrompt)) return [{ settings, count }];
  return Array.from({ length: count }, (_, at) => {
    const own = seed + at;
    const drawn = {
      prompt: drawChoices(prompt, own, lists).text.trim(),
      negativePrompt: drawChoices(negativePrompt, own, lists).text,
    };
    return { settings: { ...settingsOfPicture(settings, at), ...drawn }, count: 1 };
  });
}
