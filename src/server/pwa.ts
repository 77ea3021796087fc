import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** The largest file that may be kept offline: room for the model and the WebAssembly runtimes. */
const maxFileBytes = 100 * 1024 * 1024;

const shortcutIcons = [{ src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' }];

/** Made by `npm run screenshots`. */
function screenshots(form_factor: 'wide' | 'narrow', name: string, sizes: string) {
  const labels = { '': 'A picture', '-film': 'A film, scene by scene', '-gallery': 'The gallery' };
  return Object.entries(labels).map(([screen, label]) => ({
    ...{ src: `./screenshots/${name}${screen}.png`, sizes, type: 'image/png' },
    ...{ form_factor, label },
  }));
}

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
      screenshots: [
        ...screenshots('wide', 'desktop', '1440x900'),
        ...screenshots('narrow', 'phone', '780x1688'),
      ],
      shortcuts: [
        { name: 'New picture', url: './#/picture', icons: shortcutIcons },
        { name: 'New film', url: './#/film', icons: shortcutIcons },
        { name: 'Gallery', url: './#/gallery', icons: shortcutIcons },
      ],
      share_target: {
        action: './share-target',
        method: 'POST',
        enctype: 'multipart/form-data',
        params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'file', accept: ['image/*'] }] },
      },
      // A film's project file is a zip.
      file_handlers: [{ action: './', accept: { 'image/png': ['.png'], 'application/zip': ['.zip'] } }],
      launch_handler: { client_mode: 'focus-existing' },
    },
  });
}
