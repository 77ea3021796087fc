/** Null where there is no service worker: in development, on plain http, and where the browser or the person forbids it. */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(new URL('./sw.js', document.baseURI), {
      updateViaCache: 'none',
    });
  } catch {
    return null; // The app works without; the offline settings say that it is not kept.
  }
}
