/** What can be had from a repository or a folder: plans, or the reason why there are none. */
import { catalogueEntryOf } from '../../domain/model/catalogue.ts';
import { AppError } from '../../domain/errors.ts';
import { readLayout, type PipelineLayout, type RepositoryLayout } from '../../domain/model/layout.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { formatModelId, isWeightName } from '../../domain/model/model-id.ts';
import { otherFamilies } from '../../domain/weights/other-families.ts';
import { planModel, planTexts, type ModelOrigin, type ModelPlan } from '../../domain/model/plan.ts';
import type { HubQuestion } from '../../engine/model-protocol.ts';
import { inspectSingleHubFiles, singleFilesIn } from './remote-checkpoint.ts';
import { hubText, repositoryFacts, repositoryFiles, type HubDeps } from './hub.ts';

/** Throws `hub-gated`, `hub-not-found`, `offline`, `download-failed`, `model-incomplete`, `model-unsupported`. */
export async function inspectRepository(
  question: HubQuestion,
  hubDeps: HubDeps,
): Promise<readonly ModelPlan[]> {
  // Somebody waits for the answer, and has perhaps only misspelt a name.
  const deps = { ...hubDeps, tries: 3 };
  const { hubUrl, repository, revision } = question;
  const { commit, licence } = await repositoryFacts({ hubUrl, repository, revision }, deps);
  const from = { hubUrl, repository, revision: commit };
  const files = await repositoryFiles(from, deps);
  // What it predicts stands behind its name, where two plans were made of it.
  const file = question.folder.replace(/ \((?:noise|velocity)\)$/, '');
  const single = isWeightName(file) ? singleFilesIn(files, file) : [];
  if (single.length > 0) return inspectSingleHubFiles(from, single, licence, deps);
  const loose = question.folder === '' ? singleFilesIn(files) : [];
  if (loose.length > 0 && readLayout(files, '').kind === 'nothing') {
    return inspectSingleHubFiles(from, loose, licence, deps);
  }
  const layouts = pipelinesIn(files, question.folder, repository);
  const readText = (path: string) => hubText(from, path, deps);
  return plansOf(layouts, { kind: 'hub', ...from }, licence, readText);
}

export type ReadText = (sourcePath: string) => Promise<string>;

/** One plan for each layout. When none can be used, the first reason is thrown. */
export async function plansOf(
  layouts: readonly PipelineLayout[],
  origin: ModelOrigin,
  licence: string | null,
  readText: ReadText,
): Promise<readonly ModelPlan[]> {
  const plans: ModelPlan[] = [];
  const reasons: AppError[] = [];
  for (const layout of layouts) {
    const texts = await readTexts(layout, readText);
    const { folder, precision } = layout;
    const id =
      origin.kind === 'hub' ? formatModelId({ repository: origin.repository, folder, precision }) : '';
    try {
      plans.push(planModel({ origin, layout, texts, licence, entry: catalogueEntryOf(id) }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      reasons.push(error);
    }
  }
  if (plans.length === 0 && reasons[0]) throw reasons[0];
  return plans;
}

async function readTexts(layout: PipelineLayout, readText: ReadText): Promise<ReadonlyMap<string, string>> {
  const wanted = layout.files.filter(({ path }) => planTexts.includes(path));
  const texts = await Promise.all(
    wanted.map(async ({ path, source }) => [path, await readText(source.path)] as const),
  );
  return new Map(texts);
}

/** Throws `model-incomplete` or `model-unsupported`, with the reason in words. */
export function pipelinesIn(
  files: readonly SourceFile[],
  folder: string,
  where: string,
): readonly PipelineLayout[] {
  const layout = readLayout(files, folder);
  if (layout.kind === 'pipelines') return layout.pipelines;
  throw refusalOf(layout, where);
}

const partNames = {
  text_encoder: 'text_encoder/model.onnx or its weights',
  unet: 'unet/model.onnx or its weights',
  vae_decoder: 'vae_decoder/model.onnx or the weights in vae',
  tokenizer: 'tokenizer/vocab.json and tokenizer/merges.txt',
  configuration: 'config.json beside its weights',
};

function refusalOf(layout: Exclude<RepositoryLayout, { kind: 'pipelines' }>, where: string): AppError {
  switch (layout.kind) {
    case 'other-family':
      return new AppError(
        'model-unsupported',
        `${where} holds ${otherFamilies[layout.family]}; this app runs Stable Diffusion 1.x, 2.x, Turbo and LCM.`,
      );
    case 'other-format':
      return new AppError(
        'model-unsupported',
        `${where} holds weights for another runtime; this app needs safetensors or PyTorch files (diffusers’ layout) or ONNX graphs (Optimum’s).`,
      );
    case 'incomplete':
      return new AppError(
        'model-incomplete',
        `${[where, layout.folder].filter(Boolean).join('/')} lacks ${layout.missing.map((part) => partNames[part]).join(', ')}.`,
      );
    case 'nothing':
      return new AppError(
        'model-incomplete',
        `${where} holds no Stable Diffusion pipeline: there is no unet, text_encoder and vae_decoder.`,
      );
  }
}
