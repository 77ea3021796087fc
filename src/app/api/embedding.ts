/**
 * The same as `window.zoetrope` for a page of another origin that shows this one in a frame, once the person has allowed that origin.
 *
 *     const { port1, port2 } = new MessageChannel();
 *     frame.contentWindow.postMessage({ type: 'zoetrope:connect' }, 'https://where.the.app/lies', [port2]);
 *     port1.onmessage = …   // { type: 'connected' } or { type: 'refused' }
 *     port1.postMessage({ type: 'call', id: 1, name: 'generate', fields: { prompt: 'a cat' } });
 *     // { type: 'progress', id, progress } … then { type: 'result', id, result } or { type: 'error', id, status, detail }
 *     port1.postMessage({ type: 'cancel', id: 1 });
 */
import { isAbort } from '../../domain/errors.ts';
import { abortError } from '../../engine/rpc.ts';
import { ZoetropeError, type CallOptions, type Zoetrope } from './script-api.ts';

export type FromEmbedder =
  | { readonly type: 'call'; readonly id: number; readonly name: keyof Zoetrope; readonly fields?: unknown }
  | { readonly type: 'cancel'; readonly id: number };

export interface EmbeddingDeps {
  readonly zoetrope: Zoetrope;
  readonly ownOrigin: string;
  /** Asks the person; once for each origin. */
  readonly mayConnect: (origin: string) => Promise<boolean>;
}

export async function connectEmbedder(deps: EmbeddingDeps, origin: string, port: MessagePort): Promise<void> {
  const allowed = origin === deps.ownOrigin || (await deps.mayConnect(origin));
  if (!allowed) return port.postMessage({ type: 'refused' });
  const calls = new Map<number, AbortController>();
  port.onmessage = ({ data }) => {
    const message = data as FromEmbedder;
    if (message.type === 'cancel') calls.get(message.id)?.abort(abortError());
    if (message.type === 'call') void answerCall(deps.zoetrope, port, calls, message);
  };
  port.postMessage({ type: 'connected' });
}

async function answerCall(
  zoetrope: Zoetrope,
  port: MessagePort,
  calls: Map<number, AbortController>,
  { id, name, fields }: Extract<FromEmbedder, { type: 'call' }>,
): Promise<void> {
  const controller = new AbortController();
  calls.set(id, controller);
  try {
    const onProgress: CallOptions['onProgress'] = (progress) =>
      port.postMessage({ type: 'progress', id, progress });
    const result = await callByName(zoetrope, name, fields, { signal: controller.signal, onProgress });
    port.postMessage({ type: 'result', id, result });
  } catch (error) {
    port.postMessage({ type: 'error', id, ...plainFailure(error) });
  } finally {
    calls.delete(id);
  }
}

function callByName(
  zoetrope: Zoetrope,
  name: string,
  fields: unknown,
  options: CallOptions,
): Promise<unknown> {
  switch (name) {
    case 'generate':
      return zoetrope.generate(fields as Parameters<Zoetrope['generate']>[0], options);
    case 'inpaint':
      return zoetrope.inpaint(fields as Parameters<Zoetrope['inpaint']>[0], options);
    case 'upscale':
      return zoetrope.upscale(fields as Parameters<Zoetrope['upscale']>[0], options);
    case 'generateVideo':
      return zoetrope.generateVideo(fields as Parameters<Zoetrope['generateVideo']>[0], options);
    case 'videoInfo':
      return zoetrope.videoInfo(fields as Parameters<Zoetrope['videoInfo']>[0], options);
    case 'status':
      return zoetrope.status();
    default:
      return Promise.reject(new ZoetropeError(404, 'Not Found'));
  }
}

function plainFailure(error: unknown): { status: number; detail: unknown } {
  if (error instanceof ZoetropeError) return { status: error.status, detail: error.detail };
  if (isAbort(error)) return { status: 499, detail: 'Client Closed Request' };
  return { status: 500, detail: String(error) };
}
