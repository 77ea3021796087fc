import type { ModelComponent } from './model-file.ts';

/** What a graph works on at once. Where its shapes are fixed, another of these is another session. */
export interface GraphShape {
  /** Of the UNet: 2 with guidance, where both passes are one. */
  readonly batch: number;
  /** In latent pixels; for the VAE's encoder in picture pixels. */
  readonly height: number;
  readonly width: number;
  /** Of the prompt: 77 for each chunk that it is read in; of the text encoder: those of one chunk. */
  readonly tokens: number;
}

/** What a session is asked for. */
export interface SessionNeed {
  readonly component: ModelComponent;
  readonly shape: GraphShape;
}
