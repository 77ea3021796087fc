/// <reference types="vite/client" />

/** Written by the `builtInModel` plugin in `src/server/built-in-model.ts` from what lies in `public/models/built-in`. */
declare module 'virtual:built-in-model' {
  /** `card.json` of the model's folder. */
  export const card: import('./domain/model/card.ts').ModelCard;
  /** First 12 hex digits of the SHA-256 over all file contents: changes whenever any file does. */
  export const revision: string;
  /** Paths relative to the model's folder, with `/` between parts. */
  export const files: readonly {
    readonly path: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
}

declare const __APP_VERSION__: string;
