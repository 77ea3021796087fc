import type { ModelComponent } from '../../../domain/model/model.ts';
import type { RunProgress } from '../../engine/progress.ts';
import { formatBytesOf } from '../../base/format.ts';

const componentNames: Record<ModelComponent, string> = {
  text_encoder: 'reading',
  unet: 'drawing',
  vae_decoder: 'developing',
  vae_encoder: 'looking',
};

/** What is happening now, in one line. */
export function runWords({ now, imageIndex, imageCount }: RunProgress): string {
  const which = imageCount > 1 ? ` · picture ${Math.min(imageIndex + 1, imageCount)} of ${imageCount}` : '';
  switch (now.phase) {
    case 'waiting':
      return 'Getting ready';
    case 'download':
      return `Fetching the model · ${formatBytesOf(now.loadedBytes, now.totalBytes)}`;
    case 'session':
      return `Starting the model · ${componentNames[now.component]}, ${now.done} of ${now.total} parts ready`;
    case 'encode':
      return `Reading the prompt${which}`;
    case 'denoise':
      return `Step ${now.step} of ${now.steps}${which}`;
    case 'image':
    case 'decode':
      return `Finishing${which}`;
  }
}
