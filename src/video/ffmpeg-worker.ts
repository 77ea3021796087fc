/**
 * ffmpeg.wasm's own worker, but a file that is written to it is the array that arrived, and reading it gives that array back: no copies are
 * made, and whoever sent raw frames can fill their memory again. Raw frames come faster than a garbage collector finds time to look.
 * Source: `canOwn` of Emscripten's `FS.writeFile`.
 */
import '@ffmpeg/ffmpeg/worker';

interface Core {
  readonly FS: {
    writeFile: (path: string, data: Uint8Array, options?: { canOwn: boolean }) => void;
    readFile: (path: string, options: object) => Uint8Array | string;
    unlink: (path: string) => void;
  };
}
type CreateCore = (options: object) => Promise<Core>;

function withoutCopies({ FS }: Core): void {
  const written = new Map<string, Uint8Array>();
  const { writeFile, readFile, unlink } = FS;
  FS.writeFile = (path, data) => {
    writeFile(path, data, { canOwn: true });
    written.set(path, data);
  };
  FS.readFile = (path, options) => written.get(path) ?? readFile(path, options);
  FS.unlink = (path) => {
    unlink(path);
    written.delete(path);
  };
}

let createCore: CreateCore;

/** Where the worker puts the core's factory before it calls it. */
Object.defineProperty(self, 'createFFmpegCore', {
  get: () => createCore,
  set: (create: CreateCore) => {
    createCore = async (options) => {
      const core = await create(options);
      withoutCopies(core);
      return core;
    };
  },
});
