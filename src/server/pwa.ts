import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** The largest file that may be kept offline: room for the model and the WebAssembly runtimes. */
const maxFileBytes = 100 * 1024 * 1024;

/** The web app manifest, and the service worker built from `src/sw/sw.ts` with the list of all files of the build. */
export function pwa(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/sw',
    filename: 'sw.ts',
    injectRegister: false,
    includeManifestIcons: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      globIgnores: ['**/*.map', 'manifest.webmanifest', 'screenshots/**'],
      maximumFileSizeToCacheInBytes: maxFileBytes,
    },
    manifest: {
      name: 'Zoetrope',
      short_name: 'Zoetrope',
      description: 'Write a sentence and watch it become a picture or a film, made on your own device.',
      lang: 'en',
      categories: ['photo', 'graphics', 'entertainment'],
      // Relative, so that the app can live in any folder. No `id`: it would be relative to the origin.
      start_url: './',
      scope: './',
      display: 'standalone',
      theme_color: '#0b6b5e',
      background_color: '#f6f7f6',
      icons: [
        { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: './icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
        { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: './icons/monochrome.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'monochrome' },
      ],
      shortcuts: [
        { name: 'New picture', url: './#/picture' },
        { name: 'New film', url: './#/film' },
        { name: 'Gallery', url: './#/gallery' },
      ],
      share_target: {
        action: './share-target',
        method: 'POST',
        enctype: 'multipart/form-data',
        params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'file', accept: ['image/*'] }] },
      },
      file_handlers: [{ action: './', accept: { 'image/png': ['.png'] } }],
      launch_handler: { client_mode: 'focus-existing' },
    },
  });
}
