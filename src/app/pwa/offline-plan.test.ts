import { expect, test } from 'vitest';
import { neededForPictures } from './offline-plan.ts';

const scope = 'https://example.test/';
const files = [
  { path: 'index.html', kind: 'shell' },
  { path: 'assets/ort-wasm-simd-threaded-DcHrbrbl.wasm', kind: 'runtime' },
  { path: 'assets/ort-wasm-simd-threaded.jspi-CZzFqCHi.wasm', kind: 'runtime' },
  { path: 'assets/ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm', kind: 'runtime' },
  { path: 'assets/ffmpeg-core-D5D0fo7z.wasm', kind: 'runtime' },
  { path: 'models/built-in/unet/model.onnx', kind: 'model' },
] as const;
const build = files.map(({ path, kind }) => ({ url: scope + path, key: scope + path, kind }));

test.each([
  ['wasm', true, 'ort-wasm-simd-threaded-DcHrbrbl.wasm'],
  ['webgpu', true, 'ort-wasm-simd-threaded.jspi-CZzFqCHi.wasm'],
  ['webgpu', false, 'ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm'],
] as const)('%s with JSPI %s needs the model and %s', (backend, jspi, runtime) => {
  expect(neededForPictures(build, backend, jspi).map(({ url }) => url)).toEqual([
    `${scope}assets/${runtime}`,
    `${scope}models/built-in/unet/model.onnx`,
  ]);
});
