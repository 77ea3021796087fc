/** The video worker: composes frames and puts films into files. */
import { AppError } from '../domain/errors.ts';
import { gifSize } from '../domain/video/gif.ts';
import { serve } from '../engine/rpc.ts';
import type { FilmFormat } from '../domain/video/film-format.ts';
import type { VideoCalls } from '../engine/video-protocol.ts';
import { createCompositor, detailOf, requireComplete, type Compositor } from './compositor.ts';
import type { FilmEncoder, VideoFormat } from './encoder.ts';
import { exportFilm, type ExportDeps } from './export.ts';
import { addMusic, ffmpegEncoder, soundtrack } from './ffmpeg-encoder.ts';
import { createPictureStore } from './pictures.ts';
import { readComment, startWebCodecs, workingCodec } from './webcodecs.ts';
import { startZip } from './zip.ts';

const pictures = createPictureStore();
let opened: Compositor | null = null;

type Size = Pick<Compositor, 'width' | 'height' | 'fps'>;

async function browserEncoder(format: VideoFormat, size: Size): Promise<FilmEncoder | null> {
  const codec = await workingCodec(format, size);
  return codec && { name: 'webcodecs', start: (job) => startWebCodecs(job, codec) };
}

const deps: ExportDeps = {
  browserEncoder,
  ffmpeg: ffmpegEncoder,
  addMusic,
  startZip,
  now: () => performance.now(),
};

async function encoderFor(format: FilmFormat, size: Size) {
  if (format === 'png-zip') return null;
  return (await browserEncoder(format, size))?.name ?? ffmpegEncoder.name;
}

serve<VideoCalls>(self, {
  probe: ({ format, ...size }) => encoderFor(format, size),
  open: ({ film }) => {
    opened = createCompositor(film, pictures);
    return Promise.resolve(null);
  },
  frame: async ({ index }, context) => {
    if (!opened) throw new AppError('internal', 'no film is open');
    const bitmap = await opened.bitmap(index);
    context.emit({ index, bitmap }, [bitmap]);
    return null;
  },
  detail: ({ film }) => detailOf(createCompositor(film, pictures)),
  export: async (params, context) => {
    requireComplete(params.film);
    const { film, format, gif } = params;
    const size = format === 'gif' ? gifSize(film, gif) : {};
    return exportFilm(params, createCompositor({ ...film, ...size }, pictures), deps, context);
  },
  soundtrack: ({ music, filmSec }, { signal }) => soundtrack(music, filmSec, signal),
  readComment: ({ file }) => readComment(file),
});
