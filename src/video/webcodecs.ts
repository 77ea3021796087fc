/** The only door to mediabunny: the browser's own encoders, put into MP4 and WebM files. */
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  Input,
  Mp4OutputFormat,
  Output,
  Quality,
  StreamTarget,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
  canEncodeVideo,
  type Target,
  type VideoCodec,
} from 'mediabunny';
import { AppError, isAbort } from '../domain/errors.ts';
import { soundAvcC } from '../domain/video/avcc.ts';
import { videoBitrate } from '../domain/video/estimate.ts';
import { frameTime } from '../domain/video/rates.ts';
import { silence, silentPackets } from '../domain/video/silence.ts';
import { i420ByteLength, type ColourMatrix } from '../domain/video/i420.ts';
import { mimeTypes, type EncodeJob, type FilmWriter, type VideoFormat } from './encoder.ts';
import { openSink } from './sink.ts';

interface VideoSize {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

const candidates: Record<'mp4' | 'webm', readonly VideoCodec[]> = { mp4: ['avc'], webm: ['vp9', 'vp8'] };
const probeTimeoutMs = 8_000;

/** What the planes are; written into the file and, where it has a place for it, into the stream. */
const colourSpaces = {
  bt709: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  bt601: { primaries: 'bt709', transfer: 'bt709', matrix: 'smpte170m', fullRange: false },
} as const satisfies Record<ColourMatrix, VideoColorSpaceInit>;

const matrixFor = (codec: VideoCodec): ColourMatrix => (codec === 'vp8' ? 'bt601' : 'bt709');

/** The codec that really encodes a frame of this size, null where none does: `isConfigSupported` alone says yes too often. */
export async function workingCodec(format: VideoFormat, size: VideoSize): Promise<VideoCodec | null> {
  if (format === 'gif') return null;
  for (const codec of candidates[format]) if (await encodesOneFrame(codec, format, size)) return codec;
  return null;
}

async function encodesOneFrame(codec: VideoCodec, format: 'mp4' | 'webm', size: VideoSize): Promise<boolean> {
  const target = new BufferTarget();
  try {
    if (!(await canEncodeVideo(codec, { width: size.width, height: size.height, quality: qualityFor(size) })))
      return false;
    const { output, source } = outputFor(codec, format, size, target, 1);
    await output.start();
    await withTimeout(addFrame(source, grey(size), size, 0, matrixFor(codec)).then(() => output.finalize()));
    return (target.buffer?.byteLength ?? 0) > 0;
  } catch {
    // The very thing that is being found out: this encoder does not work here.
    return false;
  }
}

function withTimeout(work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), probeTimeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const grey = ({ width, height }: VideoSize) => new Uint8Array(i420ByteLength(width, height)).fill(128);

export async function startWebCodecs(job: EncodeJob, codec: VideoCodec): Promise<FilmWriter> {
  const format = job.format === 'webm' ? 'webm' : 'mp4';
  const sink = await openSink(`film.${format}`);
  const target = new StreamTarget(
    new WritableStream({ write: ({ data, position }) => sink.write(data, position) }),
    { chunked: true, chunkSize: 4 * 2 ** 20 },
  );
  const { output, source } = outputFor(codec, format, job, target, job.totalFrames);
  const quiet = job.silent ? silentTrack(output, job) : null;
  if (job.comment !== '') output.setMetadataTags({ comment: job.comment });
  await translated(output.start());
  let added = 0;
  let finished = false;

  const matrix = matrixFor(codec);
  return {
    matrix,
    add: async (planes) => {
      await translated(addFrame(source, planes, job, added, matrix));
      job.onFrames(++added);
      await translated(quiet?.until(frameTime(added, job.fps)));
    },
    finish: async () => {
      await translated(output.finalize());
      finished = true;
      return sink.finish(mimeTypes[format]);
    },
    close: async () => {
      if (finished) return;
      if (output.state !== 'canceled') await output.cancel();
      await sink.discard();
    },
  };
}

function outputFor(
  codec: VideoCodec,
  format: 'mp4' | 'webm',
  size: VideoSize,
  target: Target,
  frameCount: number,
) {
  const output = new Output({
    // Room for the index is kept at the beginning, so that playing can start before all has arrived, without holding the film in memory.
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'reserve' }) : new WebMOutputFormat(),
    target,
  });
  const source = new VideoSampleSource({
    codec,
    quality: qualityFor(size),
    keyFrameInterval: 2,
    onEncodedPacket: (_packet, meta) => repairDescription(codec, meta?.decoderConfig),
  });
  output.addVideoTrack(source, { frameRate: 1 / frameTime(1, size.fps), maximumPacketCount: frameCount });
  return { output, source };
}

/** What players need to begin; not every encoder writes it well. Throws where it cannot be used. */
function repairDescription(codec: VideoCodec, config: VideoDecoderConfig | undefined): void {
  if (codec !== 'avc' || config?.description === undefined) return;
  const sound = soundAvcC(bytesOf(config.description));
  if (sound === null) throw new AppError('encoder-failed', 'The browser’s H.264 cannot be played elsewhere.');
  config.description = sound;
}

const bytesOf = (source: AllowSharedBufferSource) =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);

async function addFrame(
  source: VideoSampleSource,
  planes: Uint8Array<ArrayBuffer>,
  { width, height, fps }: VideoSize,
  index: number,
  matrix: ColourMatrix,
): Promise<void> {
  const frame = new VideoFrame(planes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: Math.round(frameTime(index, fps) * 1e6),
    duration: Math.round(frameTime(1, fps) * 1e6),
    colorSpace: colourSpaces[matrix],
  });
  // Seconds as exact as can be: the muxer's clock ticks with the frames, or a multiple of that.
  const sample = new VideoSample(frame, { timestamp: frameTime(index, fps), duration: frameTime(1, fps) });
  try {
    await source.add(sample);
  } finally {
    sample.close();
  }
}

function qualityFor({ width, height, fps }: VideoSize): Quality {
  return new Quality({ bitrate: videoBitrate(width * height * fps), bitrateMode: 'variable' });
}

/** Added beside the frames: the muxer keeps what one track is ahead of the other. */
function silentTrack(output: Output, { totalFrames, fps }: EncodeJob) {
  const packets = silentPackets(totalFrames, fps);
  const track = new EncodedAudioPacketSource('aac');
  output.addAudioTrack(track, { maximumPacketCount: packets.length });
  const { packet, ...decoderConfig } = silence;
  let added = 0;
  return {
    until: async (endSec: number): Promise<void> => {
      for (; added < packets.length && packets[added]!.timestampSec < endSec; added++) {
        const { timestampSec, durationSec } = packets[added]!;
        await track.add(new EncodedPacket(packet, 'key', timestampSec, durationSec), { decoderConfig });
      }
    },
  };
}

/** Nothing of mediabunny's own errors leaves this file. */
async function translated<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof AppError || isAbort(cause)) throw cause;
    throw new AppError('encoder-failed', 'The browser’s video encoder stopped.', { cause });
  }
}

/** What becomes of mediabunny's comment in a WebM that ffmpeg has copied: its tag's target goes into the name. */
const copiedComment = 'MOVIE/COMMENT';

/** Throws `file-corrupt` where `file` is no MP4 or WebM. */
export async function readComment(file: Blob): Promise<string | null> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  try {
    const { comment, raw = {} } = await input.getMetadataTags();
    const copied = raw[copiedComment];
    return comment ?? (typeof copied === 'string' ? copied : null);
  } catch (cause) {
    throw new AppError('file-corrupt', 'This is not a film that can be read.', { cause });
  } finally {
    input.dispose();
  }
}
