import { AppError } from '../errors.ts';
import { isPrecision, type Precision } from './precision.ts';

/** One pipeline on the hub. */
export interface HubAddress {
  /** `owner/name`. */
  readonly repository: string;
  /** Where the pipeline lies inside it, without slashes at the ends; empty for the top. */
  readonly folder: string;
  /** Which one, where several precisions lie side by side. */
  readonly precision: Precision | null;
}

/** A checkpoint that may be a whole model by itself; then its path stands for the folder. */
export const isWeightName = (path: string) => /\.(?:safetensors|ckpt|pt|pth)$/i.test(path);

/** An address of one file somewhere else than on a hub; null for anything else. */
export function parseFileAddress(text: string): string | null {
  const asked = text.trim();
  const parts = /^https?:\/\/([^/?#]+)\/([^?#]*)/i.exec(asked);
  if (!parts || hubHosts.has(parts[1]!.toLowerCase())) return null;
  const isHubs = /^[^/]+\/[^/]+\/(?:resolve|blob|tree)\//.test(parts[2]!);
  const isFile = isWeightName(parts[2]!) || parts[2]!.startsWith('api/download/');
  return isFile && !isHubs ? asked : null;
}

/** What a person typed or pasted. */
export interface AskedAddress extends HubAddress {
  /** Branch, tag or commit; null when not told. */
  readonly revision: string | null;
  /** Origin of the mirror that the pasted address names; null for the hub itself or when not told. */
  readonly hubUrl: string | null;
}

const repositoryPattern = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9_][\w.-]*$/;
const hubHosts = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const otherKinds = new Set(['datasets', 'spaces', 'docs', 'papers', 'collections', 'buckets', 'api']);

/** `owner/name`, with `:folder` and `#precision` where there are any. The inverse of `parseModelId`. */
export function formatModelId({ repository, folder, precision }: HubAddress): string {
  return `${repository}${folder && `:${folder}`}${precision ? `#${precision}` : ''}`;
}

/** Null for ids that do not come from the hub (`built-in`, `local:…`). */
export function parseModelId(id: string): HubAddress | null {
  const [, repository = '', folder = '', precision = ''] = /^([^:#]+)(?::([^#]*))?(?:#(.+))?$/.exec(id) ?? [];
  if (!repositoryPattern.test(repository) || (precision && !isPrecision(precision))) return null;
  return { repository, folder: trimSlashes(folder), precision: precision ? (precision as Precision) : null };
}

/**
 * Reads a repository id (`owner/name`, `owner/name:folder#fp16`), with `@revision` behind it or not, or the address of a page of the hub
 * or of a mirror (`https://huggingface.co/owner/name/tree/main/folder`). Throws `bad-input` for anything else.
 */
export function parseAskedAddress(text: string): AskedAddress {
  const asked = text.trim();
  const page = /^(?:(https?):\/\/([^/?#]+)|((?:www\.)?huggingface\.co|hf\.co))\/([^?#]*)/i.exec(asked);
  const host = (page?.[2] ?? page?.[3])?.toLowerCase();
  const address = host ? fromPage(host, page?.[1] ?? 'https', page?.[4] ?? '') : fromId(asked);
  if (!address) {
    throw new AppError('bad-input', `“${asked}” is neither owner/name nor an address of the hub.`, {
      field: 'repository',
    });
  }
  return { hubUrl: null, ...address };
}

function fromId(text: string): (HubAddress & Pick<AskedAddress, 'revision'>) | null {
  const [, id = '', revision = null] = /^([^@]*)(?:@([\w./-]+))?$/.exec(text) ?? [];
  const address = parseModelId(id);
  return address && { ...address, revision };
}

function fromPage(host: string, scheme: string, path: string): AskedAddress | null {
  const [owner = '', name = '', view, ...rest] = trimSlashes(decodePath(path)).split('/');
  const repository = `${owner}/${name}`;
  if (otherKinds.has(owner) || !repositoryPattern.test(repository)) return null;
  const hubUrl = hubHosts.has(host) ? null : `${scheme.toLowerCase()}://${host}`;
  if (view !== 'tree' && view !== 'blob' && view !== 'resolve') {
    return { repository, folder: '', precision: null, revision: null, hubUrl };
  }
  // A pull request's revision has slashes of its own: refs/pr/1.
  const revisionParts = rest[0] === 'refs' ? 3 : 1;
  const inside = rest.slice(revisionParts);
  const isFile = view !== 'tree' && isWeightName(inside.at(-1) ?? '') && withoutComponent(inside) === inside;
  const folder = view === 'tree' || isFile ? inside : inside.slice(0, -1);
  const revision = rest.slice(0, revisionParts).join('/') || null;
  return { repository, folder: withoutComponent(folder).join('/'), precision: null, revision, hubUrl };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray % is no escape; then it is not a repository either, and is refused as such.
  }
}

/** A pasted address often points at one component; the pipeline is the folder above. */
function withoutComponent(folder: readonly string[]): readonly string[] {
  const at = folder.findIndex((part) =>
    /^(text_encoder|unet|vae|vae_decoder|vae_encoder|tokenizer|scheduler)$/.test(part),
  );
  return at < 0 ? folder : folder.slice(0, at);
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
