/**
 * An embedding inside a picture, as AUTOMATIC1111 saves them to be passed around: JSON in base64 in the text `sd-ti-embedding`.
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/textual_inversion/image_embedding.py
 */
import { AppError } from '../errors.ts';
import { parseLooseJson, type Json } from '../loose-json.ts';
import { fromBase64Url } from '../recipe/link.ts';
import { readPngTexts } from '../recipe/png-text.ts';
import { decodeUtf8 } from '../recipe/text-bytes.ts';
import { toFloat16 } from '../diffusion/float16.ts';
import type { ByteSource } from './byte-source.ts';
import type { LazyTensor, WeightFile } from './lazy-tensor.ts';

const keyword = 'sd-ti-embedding';
/** The largest of them hold some megabytes of picture. */
const pictureLimitBytes = 64 * 2 ** 20;

/** Throws `model-unsupported` for a picture without one, `file-corrupt` for one that cannot be read. */
export async function readPngEmbedding(source: ByteSource): Promise<WeightFile> {
  const { name } = source;
  if (source.sizeBytes > pictureLimitBytes) throw none(name);
  const texts = await textsIn(source);
  const text = texts.find((each) => each.keyword === keyword)?.text;
  if (text === undefined) throw none(name);
  const json = parseLooseJson(textOf(name, text));
  if (!isJson(json?.['string_to_param'])) throw damaged(name);
  const entries = Object.entries(json['string_to_param']);
  const tensors = entries.map(([key, value]) => [`string_to_param.${key}`, tensorOf(name, value)] as const);
  const word = json['name'];
  return { tensors: new Map(tensors), metadata: new Map(typeof word === 'string' ? [['name', word]] : []) };
}

async function textsIn(source: ByteSource) {
  try {
    return await readPngTexts(await source.read(0, source.sizeBytes));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError(cause.code, `${source.name} is a damaged picture: ${cause.message}`, { cause });
  }
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const none = (name: string) =>
  new AppError(
    'model-unsupported',
    `${name} is a picture without an embedding in it; sites that shrink pictures take it out.`,
  );
const damaged = (name: string) =>
  new AppError('file-corrupt', `${name} holds an embedding that cannot be read: it is damaged.`);

function textOf(name: string, text: string): string {
  const digits = text.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  try {
    return decodeUtf8(fromBase64Url(digits));
  } catch {
    throw damaged(name);
  }
}

/** `{"TORCHTENSOR": [[…], …]}`: vectors of one width. */
function tensorOf(name: string, value: unknown): LazyTensor {
  const rows = isJson(value) ? value['TORCHTENSOR'] : null;
  if (!Array.isArray(rows)) throw damaged(name);
  const vectors = (rows as readonly unknown[]).map((row) => (Array.isArray(row) ? (row as unknown[]) : []));
  const width = vectors[0]?.length ?? 0;
  const right = vectors.every((row) => row.length === width && row.every(Number.isFinite));
  if (!right || width === 0) throw damaged(name);
  const values = vectors.flat() as number[];
  return {
    dtype: 'F32',
    shape: [vectors.length, width],
    float32: () => Promise.resolve(Float32Array.from(values)),
    float16: () => Promise.resolve(toFloat16(Float32Array.from(values)) as Uint16Array<ArrayBuffer>),
  };
}
