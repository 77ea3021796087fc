/** Upscalers of the second pass under the names that AUTOMATIC1111's web UI gives them. */
import type { HiresUpscaler } from '../diffusion/edit/hires.ts';

export function upscalerName(upscaler: HiresUpscaler): string {
  if (upscaler.kind === 'network') return upscaler.name;
  return upscaler.kind === 'latent' ? 'Latent' : 'Lanczos';
}

/** `None` and `Nearest` are filters too; what is no filter's name is a network's. Without a word the web UI means its `Latent`. */
export function readUpscaler(said: unknown): HiresUpscaler | undefined {
  if (said === undefined) return { kind: 'latent' };
  if (typeof said !== 'string' || said === '') return undefined;
  if (/^latent( \(.*\))?$/i.test(said)) return { kind: 'latent' };
  if (/^(none|nearest|lanczos)$/i.test(said)) return { kind: 'lanczos' };
  return { kind: 'network', name: said };
}
