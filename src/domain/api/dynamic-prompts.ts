/** Requests whose prompts leave something to chance, and say so: without `dynamic_prompts` braces are text, as they were for the original's clients. */
import { drawChoices, type PromptLists } from '../diffusion/prompt/prompt-choices.ts';
import type { GenerateRequest, VideoRequest } from './schemas.ts';

/** With what was drawn in its place. */
export function drawnPicture(request: GenerateRequest, seed: number, lists: PromptLists): GenerateRequest {
  if (!request.dynamic_prompts) return request;
  return {
    ...request,
    prompt: drawn(request.prompt, seed, lists),
    negative_prompt: drawn(request.negative_prompt, seed, lists),
  };
}

/** The character and what no scene shows are drawn once for all of them. */
export function drawnFilm(request: VideoRequest, seed: number, lists: PromptLists): VideoRequest {
  if (!request.dynamic_prompts) return request;
  return {
    ...request,
    scenes: request.scenes.map((scene, at) => drawn(scene, seed + at, lists)),
    hero_description: drawn(request.hero_description, seed, lists),
    negative_prompt: drawn(request.negative_prompt, seed, lists),
  };
}

const drawn = (text: string, seed: number, lists: PromptLists) => drawChoices(text, seed, lists).text.trim();
