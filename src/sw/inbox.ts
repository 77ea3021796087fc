/** Pictures that other apps share to this one (`share_target` in the manifest): they wait in a cache until the page takes them. */
import { inboxPath, inboxQuery } from '../engine/service-worker.ts';
import { cacheName } from '../engine/stored-names.ts';

const shareTargetPath = 'share-target';

/** Undefined when this is no share. Answers with a redirection to the page, which looks into the inbox. */
export function answerShare(event: FetchEvent, scope: string): Promise<Response> | undefined {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'POST' || origin + pathname !== scope + shareTargetPath) return undefined;
  return receive(event.request, scope);
}

async function receive(request: Request, scope: string): Promise<Response> {
  const form = await request.formData();
  const files = form.getAll('file').filter((value) => value instanceof File);
  const texts = ['title', 'text', 'url']
    .map((name) => form.get(name))
    .filter((value) => typeof value === 'string');
  const cache = await caches.open(cacheName(scope, 'inbox'));
  await Promise.all(files.map((file, index) => cache.put(...letter(file, index, scope))));
  const page = new URL(scope);
  page.searchParams.set(inboxQuery, String(files.length));
  const text = texts.join('\n').trim();
  if (text !== '') page.searchParams.set('text', text);
  return Response.redirect(page.href, 303);
}

function letter(file: File, index: number, scope: string): [string, Response] {
  const headers = {
    'Content-Type': file.type || 'application/octet-stream',
    'X-File-Name': encodeURIComponent(file.name),
  };
  return [`${scope}${inboxPath}${index}`, new Response(file, { headers })];
}
