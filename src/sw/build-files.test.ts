import { expect, test } from 'vitest';
import { buildFiles, findBuildFile, findEarlierFile, planCleanup, planInstall } from './build-files.ts';

const scope = 'https://example.test/sub/';
const build = (hash: string, revision: string) =>
  buildFiles(
    [
      { url: 'index.html', revision },
      { url: 'docs.html', revision },
      { url: `assets/docs-${hash}.js`, revision: null },
      { url: `assets/index-${hash}.js`, revision: null },
      { url: `assets/ort-${hash}.wasm`, revision: null },
      { url: `assets/ffmpeg-core-${hash}.wasm`, revision: null },
      { url: 'models/built-in/unet/model.onnx', revision: 'm1' },
    ],
    scope,
  );
const keys = (files: readonly { key: string }[]) => files.map(({ key }) => key.replace(scope, ''));

test('a file without a hash in its name is kept under its revision', () => {
  expect(keys(build('AAAAAAAA', 'r1'))).toEqual([
    'index.html?__revision=r1',
    'docs.html?__revision=r1',
    'assets/docs-AAAAAAAA.js',
    'assets/index-AAAAAAAA.js',
    'assets/ort-AAAAAAAA.wasm',
    'assets/ffmpeg-core-AAAAAAAA.wasm',
    'models/built-in/unet/model.onnx?__revision=m1',
  ]);
  expect(build('AAAAAAAA', 'r1').map(({ kind }) => kind)).toEqual([
    'shell',
    'shell',
    'runtime',
    'shell',
    'runtime',
    'runtime',
    'model',
  ]);
});

test('a first install needs the shell and waits for nothing else', () => {
  const { required, wanted } = planInstall(build('AAAAAAAA', 'r1'), []);
  expect(keys(required)).toEqual([
    'index.html?__revision=r1',
    'docs.html?__revision=r1',
    'assets/index-AAAAAAAA.js',
  ]);
  expect(wanted).toEqual([]);
});

test('an update fetches what changed, and new builds only of those runtimes that were in use', () => {
  const before = build('AAAAAAAA', 'r1')
    .map(({ key }) => key)
    .filter((key) => !key.includes('ffmpeg') && !key.includes('assets/docs'));
  const { required, wanted } = planInstall(build('BBBB_B-B', 'r2'), before);
  expect(keys(required)).toEqual([
    'index.html?__revision=r2',
    'docs.html?__revision=r2',
    'assets/index-BBBB_B-B.js',
  ]);
  expect(keys(wanted)).toEqual(['assets/ort-BBBB_B-B.wasm']);
});

test('the previous build stays for its tabs, the one before it goes', () => {
  const [first, second, third] = [build('AAAAAAAA', 'r1'), build('BBBBBBBB', 'r2'), build('CCCCCCCC', 'r3')];
  const cached = [...new Set([...first, ...second, ...third].map(({ key }) => key))];
  const gone = planCleanup(
    cached,
    third,
    second.map(({ key }) => key),
  );
  expect(gone).toEqual(first.map(({ key }) => key).filter((key) => !key.includes('models/')));
});

test.each([
  ['', 'index.html'],
  ['?backend=wasm', 'index.html'],
  ['index.html', 'index.html'],
  ['docs', 'docs.html'],
  ['assets/index-AAAAAAAA.js', 'assets/index-AAAAAAAA.js'],
  ['models/built-in/unet/model.onnx', 'models/built-in/unet/model.onnx'],
])('a request for %j is answered by %s', (path, file) => {
  expect(findBuildFile(build('AAAAAAAA', 'r1'), scope + path, scope)?.url).toBe(scope + file);
});

test('other paths and other origins are not answered', () => {
  const files = build('AAAAAAAA', 'r1');
  expect(findBuildFile(files, `${scope}generate`, scope)).toBeUndefined();
  expect(findBuildFile(files, 'https://example.test/', scope)).toBeUndefined();
  expect(findBuildFile(files, 'https://other.test/sub/index.html', scope)).toBeUndefined();
});

test('a part of an earlier build is asked for under its own name, and nothing else is', () => {
  const part = `${scope}assets/settings-AAAAAAAA.js`;
  expect(findEarlierFile(`${part}?x`, scope)).toEqual({ url: part, key: part, kind: 'shell' });
  expect(findEarlierFile(`${scope}generate`, scope)).toBeUndefined();
  expect(findEarlierFile('https://example.test/assets/other-AAAAAAAA.js', scope)).toBeUndefined();
});
