import type { BackendChoice } from '../../engine/protocol.ts';
import type { LanguageChoice } from '../words/languages.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const backendChoices = ['auto', 'webgpu', 'wasm'] as const satisfies readonly BackendChoice[];

export const pictureFormats = ['png', 'jpeg', 'webp', 'avif'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

export const notifyChoices = ['ask', 'on', 'off'] as const;
export type Notify = (typeof notifyChoices)[number];

export interface Preferences {
  readonly language: LanguageChoice;
  readonly theme: Theme;
  readonly backend: BackendChoice;
  readonly advancedOpen: boolean;
  /** Where models are looked for: the hub, or a mirror of it. */
  readonly hubUrl: string;
  /** Of pictures that are shared or saved from there; the ones that are kept are PNG. */
  readonly saveFormat: PictureFormat;
  readonly saveQualityPercent: number;
  /** When something is done and the page is not in front. `ask`: nobody has been asked yet. */
  readonly notify: Notify;
  readonly sound: boolean;
}

export const defaultHubUrl = 'https://huggingface.co';

export const defaultPreferences: Preferences = {
  language: 'browser',
  theme: 'system',
  backend: 'auto',
  advancedOpen: false,
  hubUrl: defaultHubUrl,
  saveFormat: 'png',
  saveQualityPercent: 90,
  notify: 'ask',
  sound: false,
};

/** How the address names a backend. */
export const backendInAddress = (backend: BackendChoice) => `?backend=${backend}`;

/** `?backend=wasm` in the address outranks the preference, for this visit. */
export function backendFromAddress(search: string): BackendChoice | null {
  const asked = new URLSearchParams(search).get('backend');
  return backendChoices.find((choice) => choice === asked) ?? null;
}

export interface PreferencesSlice {
  readonly preferences: Preferences;
  /** From the address; outranks the preference. */
  readonly backendOverride: BackendChoice | null;
}

export const currentBackend = ({ backendOverride, preferences }: PreferencesSlice): BackendChoice =>
  backendOverride ?? preferences.backend;
