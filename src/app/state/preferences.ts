import type { BackendChoice } from '../../engine/protocol.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const backendChoices = ['auto', 'webgpu', 'wasm'] as const satisfies readonly BackendChoice[];

export interface Preferences {
  readonly theme: Theme;
  readonly backend: BackendChoice;
  readonly advancedOpen: boolean;
}

export const defaultPreferences: Preferences = { theme: 'system', backend: 'auto', advancedOpen: false };

/** `?backend=wasm` in the address outranks the preference, for this visit. */
export function backendFromAddress(search: string): BackendChoice | null {
  const asked = new URLSearchParams(search).get('backend');
  return backendChoices.find((choice) => choice === asked) ?? null;
}
