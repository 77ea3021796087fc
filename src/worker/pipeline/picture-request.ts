import type { SchedulerConfig } from '../../domain/diffusion/samplers/scheduler-config.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { FastWay } from '../../domain/diffusion/fast/fast-way.ts';
import type { GenerateParams } from '../../engine/protocol.ts';

export interface PictureRequest {
  readonly settings: ImageSettings;
  readonly scheduler: SchedulerConfig;
  readonly source: GenerateParams['source'];
  readonly morph: GenerateParams['morph'];
  /** Without: as the reference makes it. */
  readonly way?: FastWay | undefined;
}
