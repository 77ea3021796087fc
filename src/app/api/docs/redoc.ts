/** `/redoc`: the API to read. */
import bundleUrl from 'redoc/bundles/redoc.standalone.js?url';
import { openApiHere } from './openapi-here.ts';

const root = new URL('.', document.baseURI);

/** Its bundle cannot be imported as a module: it wants to be a script of the page. */
function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} could not be loaded.`));
    document.head.append(script);
  });
}

const [description] = await Promise.all([openApiHere(root), loadScript(bundleUrl)]);
window.Redoc.init(
  description,
  // Its search would start a worker from a blob, and its fonts would come from another site.
  { disableSearch: true, theme: { typography: { fontFamily: 'system-ui, sans-serif' } } },
  document.getElementById('redoc')!,
);
