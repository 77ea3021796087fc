/** The bench's page, ONNX Runtime Web and the graphs, with the headers that threads need. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

export interface Folders {
  /** ONNX Runtime Web's `dist`. */
  readonly ort: string;
  /** Looked through in this order. */
  readonly graphs: readonly string[];
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

const page =
  '<!doctype html><meta charset="utf-8"><title>GPU bench</title><script type="module" src="/page.js"></script>';

export function serve(port: number, folders: Folders): Promise<Server> {
  const script = browserScript();
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const head = (status: number, type = 'application/octet-stream') =>
      answer.writeHead(status, {
        'Content-Type': type,
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
    if (path === '/') return void head(200, 'text/html').end(page);
    if (path === '/page.js') return void head(200, 'text/javascript').end(script);
    const file = fileOf(path, folders);
    if (!file || !statSync(file).isFile()) return void head(404).end();
    createReadStream(file).pipe(head(200, types[extname(file)]));
  });
  return new Promise((resolve) => server.listen(port, () => resolve(server)));
}

function fileOf(path: string, { ort, graphs }: Folders): string | null {
  const [, room = '', ...rest] = normalize(path).split('/');
  const places = { ort: [ort], graphs }[room] ?? [];
  return places.map((folder) => join(folder, ...rest)).find((file) => existsSync(file)) ?? null;
}

function browserScript(): string {
  const source = readFileSync(join(import.meta.dirname, 'page.ts'), 'utf8');
  return transpileModule(source, {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ESNext },
  }).outputText;
}
