/** A new picture is drawn, enlarged and drawn over in one go: AUTOMATIC1111's "Hires. fix". */

/** `latent` enlarges between encoder and decoder, as the web UI's "Latent" does. A network is one that was added beside models. */
export type HiresUpscaler =
  | { readonly kind: 'lanczos' }
  | { readonly kind: 'latent' }
  | { readonly kind: 'network'; readonly name: string };

export interface Hires {
  /** Of both sides; what comes out is brought to a multiple that the model takes. */
  readonly scale: number;
  /** So many are drawn over; 0: as many as before. */
  readonly steps: number;
  /** The web UI's "Denoising strength". */
  readonly strength: number;
  readonly upscaler: HiresUpscaler;
}

/** As the web UI offers it. */
export const usualHires: Hires = { scale: 2, steps: 0, strength: 0.7, upscaler: { kind: 'latent' } };
