import { mergeConfig } from 'vite';
import config from '../vite.config.ts';
import { nextVersion } from './next-version.ts';

const rolldownOptions = { output: { hashCharacters: 'hex' } } as const;

export default mergeConfig(config, {
  define: { __APP_VERSION__: JSON.stringify(nextVersion) },
  worker: { rolldownOptions },
  build: { rolldownOptions },
});
