/**
 * A larger picture with new detail: image-to-image over all of it, in tiles that share one field of noise and whose predictions are mixed
 * where they overlap, so that there is nothing that could become a seam. Neither pixels nor features of the whole lie in memory.
 */
import { createSampler } from '../../domain/diffusion/samplers/create-sampler.ts';
import { generatorFor } from '../../domain/diffusion/generator.ts';
import { laidInto } from '../../domain/diffusion/edit/paste.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import {
  addFading,
  enlargedSpans,
  fadingSpans,
  tilesOf,
  type FadingTile,
} from '../../domain/diffusion/image/overlap.ts';
import { resizedPart } from '../../domain/diffusion/image/resize.ts';
import { createRowBlend } from '../../domain/diffusion/image/row-blend.ts';
import { cutOut, type FloatPlanes, type Span } from '../../domain/diffusion/image/tiles.ts';
import type { EnlargeBy } from '../../engine/protocol.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { LatentDims } from '../graphs/vae.ts';
import type { Model } from '../model/model.ts';
import type { Job } from '../runtime/job.ts';
import { condition } from './conditioning.ts';
import { decodePlanes, learnColours } from './decode-picture.ts';
import { denoise } from './denoise.ts';
import { encodePicture } from './encode-picture.ts';
import type { EnlargeJob } from './enlarge.ts';
import { embeddingFor, schedulerFor } from './picture.ts';
import { seenOf } from './inpaint.ts';
import { noisy } from './noisy-start.ts';
import { tiledField, type TileShape } from './tiled-prediction.ts';

export type DetailBy = Extract<EnlargeBy, { how: 'detail' }>;

/** A tile of the autoencoder is at most so many latent pixels; so many lie over the next, where the two are mixed. */
const autoencoder = { least: 32, largest: 64, overlap: 8 };

/** As large as can be computed whole: 256 channels of four bytes for each pixel of the tile. */
async function autoencoderTile({ sessions, config }: Model, job: Job): Promise<number> {
  const side = Math.sqrt((await sessions.largestTensorBytes(job)) / 1024) / config.vaeScaleFactor;
  return Math.min(autoencoder.largest, Math.max(autoencoder.least, Math.floor(side)));
}

/** The settings have been validated; their size is that of a tile. Throws as `drawPicture`. */
export async function enlargeByDetail(
  model: Model,
  { image, scale, by }: { readonly image: RgbaImage; readonly scale: number; readonly by: DetailBy },
  job: EnlargeJob & Job,
): Promise<void> {
  const { config } = model;
  const factor = config.vaeScaleFactor;
  const size = { width: image.width * scale, height: image.height * scale };
  const tile: TileShape = {
    height: by.settings.height / factor,
    width: by.settings.width / factor,
    overlap: Math.round(by.overlapPx / factor),
  };
  const dims: LatentDims = [
    config.latentChannels,
    Math.max(tile.height, Math.ceil(size.height / factor)),
    Math.max(tile.width, Math.ceil(size.width / factor)),
  ];
  await learnColours(model, job);
  const tiles = autoencoderTiles(dims, factor, await autoencoderTile(model, job));
  const original = await encodeTiles(model, image, { size, dims, tiles, job });
  const latents = await drawOver(model, by, { original, dims, tile, job });
  await decodeTiles(model, latents, { size, dims, tiles, job });
}

interface Work {
  /** Pixels of the result; latents may reach beyond it. */
  readonly size: { readonly width: number; readonly height: number };
  readonly dims: LatentDims;
  /** Of the autoencoder. */
  readonly tiles: ReturnType<typeof autoencoderTiles>;
  readonly job: EnlargeJob & Job;
}

/** As few tiles as there can be, and these as small: of the latents, and of the pixels that belong to them. */
function autoencoderTiles([, height, width]: LatentDims, factor: number, largest: number) {
  const { overlap } = autoencoder;
  const spans = (side: number) => {
    const count = Math.max(1, Math.ceil((side - overlap) / (largest - overlap)));
    return fadingSpans(side, Math.ceil((side - overlap) / count) + overlap, overlap);
  };
  const [rows, columns] = [spans(height), spans(width)];
  const pixels = tilesOf(enlargedSpans(rows, factor), enlargedSpans(columns, factor));
  return tilesOf(rows, columns).map((latent, at): { latent: FadingTile; pixel: FadingTile } => ({
    latent,
    pixel: pixels[at]!,
  }));
}

async function encodeTiles(
  model: Model,
  image: RgbaImage,
  { size, dims, tiles, job }: Work,
): Promise<Float32Array> {
  const [channels, height, width] = dims;
  const whole: FloatPlanes = { data: new Float32Array(channels * height * width), channels, height, width };
  for (const [done, { latent: tile, pixel }] of tiles.entries()) {
    await yieldToEvents();
    job.signal.throwIfAborted();
    const { mean } = await encodePicture(model, partOf(image, size, pixel.rows, pixel.columns), job);
    const data = mean.map((value) => value * model.vaeScalingFactor);
    const shape = { height: tile.rows.end - tile.rows.start, width: tile.columns.end - tile.columns.start };
    addFading(whole, { data, channels, ...shape }, tile);
    job.show({ phase: 'tiles', stage: 'encode', done: done + 1, total: tiles.length });
  }
  return whole.data;
}

/** Of the enlarged picture, whose edge goes on beyond it. */
function partOf(image: RgbaImage, size: Work['size'], rows: Span, columns: Span): RgbaImage {
  const inside = ({ start, end }: Span, side: number) => ({
    start: Math.min(start, side - 1),
    end: Math.min(end, side),
  });
  const [own, ownColumns] = [inside(rows, size.height), inside(columns, size.width)];
  const part = resizedPart(image, size, own, ownColumns);
  const [height, width] = [rows.end - rows.start, columns.end - columns.start];
  if (part.height === height && part.width === width) return part;
  return laidInto(part, width, height, {
    left: ownColumns.start - columns.start,
    top: own.start - rows.start,
  });
}

async function drawOver(
  model: Model,
  { settings, strength }: DetailBy,
  {
    original,
    dims,
    tile,
    job,
  }: Omit<Work, 'size' | 'tiles'> & { readonly original: Float32Array; readonly tile: TileShape },
): Promise<Float32Array> {
  const sampler = createSampler(schedulerFor(model, settings), settings.steps, settings);
  const { randn } = generatorFor(settings);
  const noise = randn(original.length);
  const start = noisy(sampler, original, noise, settings.steps, strength);
  const request = { settings, morph: undefined };
  const conditioning = await condition(model, request, sampler.timesteps.length, job);
  let done = 0;
  const field = tiledField(dims, tile, () => {
    done += 1;
    job.show({ phase: 'tiles', stage: 'denoise', done, total });
  });
  const total = field.tiles.length * (sampler.timesteps.length - start.firstCall);
  const input = {
    sessions: model.sessions,
    sampler,
    conditioning,
    guidanceScale: settings.guidanceScale,
    guidanceEmbedding: embeddingFor(model, settings),
    seen: await seenOf(model, null, field.dims, job),
    savings: null,
    tiled: field,
    dims,
    randn,
    ...start,
  };
  return denoise(input, job, () => undefined);
}

async function decodeTiles(
  model: Model,
  latents: Float32Array,
  { size, dims, tiles, job }: Work,
): Promise<void> {
  const [channels, height, width] = dims;
  const factor = model.config.vaeScaleFactor;
  const planes = { data: latents, channels, height, width };
  const { rows } = tiles[0]!.pixel;
  const blend = createRowBlend(width * factor, rows.end - rows.start);
  let given = 0;
  for (const [done, { latent, pixel }] of tiles.entries()) {
    const part = cutOut(planes, latent.rows, latent.columns);
    const shape: LatentDims = [channels, part.height, part.width];
    const quiet = { signal: job.signal, tell: job.tell, onTile: () => undefined };
    const data = await decodePlanes(model, part.data as Float32Array, shape, quiet);
    blend.add({ data, channels: 3, height: part.height * factor, width: part.width * factor }, pixel);
    job.show({ phase: 'tiles', stage: 'decode', done: done + 1, total: tiles.length });
    // Of this band nothing more is to come.
    const next = tiles[done + 1]?.pixel.rows.start ?? size.height;
    const end = Math.min(size.height, next);
    if (end > given) giveOut(blend.take(end), size.width, job);
    given = Math.max(given, end);
  }
}

function giveOut(
  { top, rows }: { readonly top: number; readonly rows: RgbaImage },
  width: number,
  job: EnlargeJob,
): void {
  const own = rows.width === width ? rows : narrowed(rows, width);
  job.show({ phase: 'rows', top, rows: own }, [own.data.buffer]);
}

function narrowed({ data, width, height }: RgbaImage, to: number): RgbaImage {
  const cut = new Uint8ClampedArray(to * height * 4);
  for (let row = 0; row < height; row++)
    cut.set(data.subarray(row * width * 4, (row * width + to) * 4), row * to * 4);
  return { width: to, height, data: cut };
}
