import type { Plugin } from 'vite';
import { pagePolicy } from '../engine/content-policy.ts';

/** Writes the policy into each page that has none of its own. Not while developing: Vite's own client is an inline script. */
export function contentPolicy(): Plugin {
  return {
    name: 'zoetrope:content-policy',
    apply: 'build',
    transformIndexHtml: (html) =>
      html.includes('Content-Security-Policy')
        ? []
        : [
            {
              tag: 'meta',
              attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
              injectTo: 'head-prepend',
            },
          ],
  };
}
