/** Changes to a storyboard. Each returns a new project and leaves the old one as it was, which makes undo a matter of keeping it. */
import type { FilmProject, FilmScene } from './project.ts';

export function insertScenes(project: FilmProject, index: number, scenes: readonly FilmScene[]): FilmProject {
  return { ...project, scenes: project.scenes.toSpliced(index, 0, ...scenes) };
}

export function removeScene(project: FilmProject, id: string): FilmProject {
  return { ...project, scenes: project.scenes.filter((scene) => scene.id !== id) };
}

export function changeScene(project: FilmProject, id: string, change: Partial<FilmScene>): FilmProject {
  const scenes = project.scenes.map((scene) => (scene.id === id ? { ...scene, ...change } : scene));
  return { ...project, scenes };
}

/** The copy comes right after; it keeps the picture but not the lock. */
export function duplicateScene(project: FilmProject, id: string, newId: string): FilmProject {
  const index = project.scenes.findIndex((scene) => scene.id === id);
  const scene = project.scenes[index];
  if (!scene) return project;
  return insertScenes(project, index + 1, [{ ...scene, id: newId, locked: false, inBetweens: [] }]);
}

/** `to` is the place among the scenes that remain; out of range means first or last. */
export function moveScene(project: FilmProject, id: string, to: number): FilmProject {
  const scene = project.scenes.find((each) => each.id === id);
  if (!scene) return project;
  const others = project.scenes.filter((each) => each.id !== id);
  return { ...project, scenes: others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, scene) };
}

/** One prompt a line; list marks and numbers that text editors put before lines are left out. */
export function promptsFromList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, '').trim())
    .filter((line) => line !== '');
}
