import { defineConfig } from 'vitest/config';
import { builtInModel } from './src/server/built-in-model.ts';

export default defineConfig({
  plugins: [builtInModel()],
  define: { __APP_VERSION__: JSON.stringify('test') },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    reporters: ['default', './src/testing/count-reporter.ts'],
    testTimeout: 60_000,
    // Left alone, Vitest keeps one core for itself, and leaves the other half of a two-core machine idle.
    maxWorkers: '100%',
    // `npm run coverage`: an eighth more processor time than without.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/testing/**', '**/*.test.{ts,tsx}'],
      reporter: ['text-summary', 'html'],
    },
  },
});
