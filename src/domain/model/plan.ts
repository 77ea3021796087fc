/** From what a source lists to what is stored: the same record is shown to the person, downloaded, kept, and handed to the engine. */
import { AppError } from '../errors.ts';
import { describeModel, type ModelCard } from './card.ts';
import type { CatalogueModel } from './catalogue.ts';
import { familyFiles, isClipTextSize, type Family, type FilledFile } from './family.ts';
import { parseLooseJson, type Json } from '../loose-json.ts';
import { components, type ModelForm, type PipelineLayout } from './layout.ts';
import type { LayoutFile, ModelComponent } from './model-file.ts';
import { formatModelId } from './model-id.ts';
import { otherFamilyOfClass } from './other-family.ts';
import { otherFamilies } from '../weights/other-families.ts';
import type { Precision } from './precision.ts';
import { vaeFactorOf } from './vae-factor.ts';

/** Where a model's files come from. */
export type ModelOrigin =
  | {
      readonly kind: 'hub';
      readonly hubUrl: string;
      readonly repository: string;
      /** A commit where the hub tells it, else what was asked for. */
      readonly revision: string;
    }
  /** One file somewhere else. */
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'disk'; readonly folderName: string };

export interface ModelPlan {
  readonly version: 1;
  /** `owner/name[:folder][#precision]`, or `local:folder`. */
  readonly id: string;
  readonly revision: string;
  readonly origin: ModelOrigin;
  readonly card: ModelCard;
  readonly precision: Precision | null;
  /** Plans that were stored before there was another say nothing: graphs. */
  readonly form?: ModelForm;
  readonly files: readonly LayoutFile[];
  /** Files that the source lacks, written from what the family is known to have. */
  readonly filled: readonly FilledFile[];
  readonly totalBytes: number;
  /** Bytes of each component's graph and weights. */
  readonly componentBytes: Readonly<Partial<Record<ModelComponent, number>>>;
  /** Picture pixels for one latent pixel, along a side. Plans that were stored before it was looked at do not say; then it is the usual. */
  readonly vaeFactor?: number;
}

export interface PlanInput {
  readonly origin: ModelOrigin;
  readonly layout: PipelineLayout;
  /** Texts of the small files that were read: path in the layout → content. */
  readonly texts: ReadonlyMap<string, string>;
  readonly licence: string | null;
  readonly entry: CatalogueModel | undefined;
}

/** What `planModel` wants to know the content of, where the pipeline has it. */
export const planTexts = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'unet/config.json',
  'text_encoder/config.json',
  'vae_decoder/config.json',
];

/** Throws `model-unsupported` for a pipeline of another family, `model-incomplete` when what is missing must not be guessed. */
export function planModel({ origin, layout, texts, licence, entry }: PlanInput): ModelPlan {
  const json = (path: string) => parseLooseJson(texts.get(path) ?? '') ?? {};
  refuseOtherFamily(json('model_index.json'), json('unet/config.json'));
  const componentBytes = bytesByComponent(layout.files);
  const family =
    entry?.family ?? familyOf(json('unet/config.json'), json('text_encoder/config.json'), componentBytes);
  const filled = fill(layout, family);
  const allTexts = new Map([...filled.map((file) => [file.path, file.text] as const), ...texts]);
  const read = (path: string) => parseLooseJson(allTexts.get(path) ?? '') ?? {};
  const id = idOf(origin, layout);
  return {
    version: 1,
    id,
    revision: origin.kind === 'hub' ? origin.revision : '',
    origin,
    card: entry?.card ?? describeModel(id, licence, read),
    precision: layout.precision,
    form: layout.form,
    files: layout.files,
    filled,
    totalBytes: layout.totalBytes,
    componentBytes,
    vaeFactor: vaeFactorOf(read('vae_decoder/config.json')),
  };
}

function idOf(origin: ModelOrigin, { folder, precision }: PipelineLayout): string {
  if (origin.kind === 'hub') return formatModelId({ repository: origin.repository, folder, precision });
  const name = origin.kind === 'disk' ? origin.folderName : origin.url;
  return `local:${[name, folder].filter(Boolean).join('/')}${precision ? `#${precision}` : ''}`;
}

function bytesByComponent(files: readonly LayoutFile[]): ModelPlan['componentBytes'] {
  // Weights keep both halves of the VAE in one file; every picture needs the decoder.
  const folders = (component: ModelComponent) =>
    component === 'vae_decoder' ? [component, 'vae'] : [component];
  const bytes = (component: ModelComponent) =>
    files
      .filter(({ path }) => folders(component).some((folder) => path.startsWith(`${folder}/`)))
      .filter(({ path }) => !path.endsWith('.json'))
      .reduce((sum, file) => sum + file.source.sizeBytes, 0);
  return Object.fromEntries(
    components.map((name) => [name, bytes(name)] as const).filter(([, sizeBytes]) => sizeBytes > 0),
  );
}

function refuseOtherFamily(index: Json, unet: Json): void {
  const className = typeof index['_class_name'] === 'string' ? index['_class_name'] : '';
  const family = otherFamilyOfClass(className);
  if (family) {
    throw new AppError('model-unsupported', `This is ${otherFamilies[family]} (${className}).`);
  }
  const channels = unet['in_channels'];
  // 9: an inpainting model.
  if (typeof channels === 'number' && channels !== 4 && channels !== 9) {
    throw new AppError(
      'model-unsupported',
      `Its UNet takes ${channels} channels: this is a model for editing pictures.`,
    );
  }
}

/** Null when nothing proves that it is Stable Diffusion 1.x. */
function familyOf(unet: Json, textEncoder: Json, bytes: ModelPlan['componentBytes']): Family | null {
  const width = unet['cross_attention_dim'] ?? textEncoder['hidden_size'];
  if (typeof width === 'number') return width === 768 ? 'sd1' : null;
  return isClipTextSize(bytes.text_encoder ?? 0) ? 'sd1' : null;
}

/** Only the scheduler is worth refusing a model for: the engine has safe values for the rest. */
function fill(layout: PipelineLayout, family: Family | null): readonly FilledFile[] {
  const has = (path: string) => layout.files.some((file) => file.path === path);
  if (family) return familyFiles(family).filter((file) => !has(file.path));
  if (has('scheduler/scheduler_config.json')) return [];
  throw new AppError(
    'model-incomplete',
    'scheduler/scheduler_config.json is missing, and nothing tells which family’s would fit.',
  );
}
