/**
 * Packs this bench with a real Chromium, its libraries and Node for a machine with Linux, an NVIDIA GPU and no network. Needs Debian, whose
 * packages it takes them from. Writes `.gpu/pack/`: pieces of 58 MB and `on-device`, which puts them together and measures.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { write } from './measure.ts';

const browserFolder = '/usr/lib/chromium';
const browserFiles = [
  /^chromium-headless-shell$/,
  /^headless_.*\.pak$/,
  /^(icudtl\.dat|v8_context_snapshot\.bin|snapshot_blob\.bin|libEGL\.so|libGLESv2\.so)$/,
];
const debianPackages = ['chromium-headless-shell', 'fonts-dejavu-core'];
/** Vulkan's and GL's loaders, which machines for computing often lack. */
const loaders = ['libvulkan1', 'libegl1', 'libglvnd0', 'libopengl0', 'libgl1', 'libglx0', 'libgles2'];
/** Chromium loads these by name, so that `ldd` does not tell of them. */
const hiddenLibraries = ['libsoftokn3', 'libfreebl3', 'libfreeblpriv3', 'libnssckbi'];
/** The machine's own, which must be the newer ones. */
const ownLibraries = /\/(libc|libm|libpthread|libdl|librt|libresolv)\.so/;

const sources = [
  ...['package.json', 'bench/gpu', 'e2e/browser.ts', 'src/server/chromium.ts', 'src/domain'],
  ...['e2e/golden/mini-onnx/unet', 'public/models/built-in/unet'],
];
/** With all that they depend on, as far as it is installed for this system. */
const modules = ['@playwright/test', 'typescript', 'onnxruntime-web', 'tsx'];
/** Filled again on the machine: random weights need not travel. */
const leftOut = /\.map$|\/ort\.(?!jspi\.bundle\.min|wasm\.bundle\.min)[^/]*$|asyncify|jsep|\/data\.bin$/;

/** `graphs`: a folder of large graphs, packed without their weights. */
export function pack(root: string, graphs: string): void {
  const stage = mkdtempSync(join(tmpdir(), 'gpu-pack-'));
  const target = join(root, '.gpu/pack');
  try {
    installPackages();
    packProject(root, graphs, join(stage, 'project'));
    packBrowser(join(stage, 'browser'));
    packLoaders(join(stage, 'loaders'));
    mkdirSync(join(stage, 'fonts'));
    cpSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', join(stage, 'fonts/DejaVuSans.ttf'));
    cpSync(process.execPath, join(stage, 'node'));
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    shell(`tar c -C "$1" . | xz -T0 -3 | split -b 58000000 -d - "$2/piece-"`, stage, target);
    cpSync(join(import.meta.dirname, 'on-device'), join(target, 'on-device'));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  write(`${target}: ${readdirSync(target).join(', ')}. On the machine, in that folder: bash on-device`);
}

function installPackages(): void {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('Packing takes Chromium from Debian’s packages.');
  shell('apt-get update -qq && apt-get install -y -qq "$@" >/dev/null', ...debianPackages);
}

function packProject(root: string, graphs: string, project: string): void {
  const copy = (path: string) =>
    cpSync(join(root, path), join(project, path), {
      recursive: true,
      dereference: true,
      filter: (file) => !leftOut.test(file),
    });
  for (const path of [...sources, ...installed(root, modules)]) copy(path);
  if (existsSync(graphs))
    cpSync(graphs, join(project, '.gpu/graphs'), {
      recursive: true,
      filter: (file) => !leftOut.test(file),
    });
}

/** Folders of packages and of what they need. */
function installed(root: string, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    const folder = `node_modules/${name}`;
    if (found.has(folder) || !existsSync(join(root, folder))) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    ) as Partial<Record<'dependencies' | 'optionalDependencies', Record<string, string>>>;
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(add);
  };
  names.forEach(add);
  return found;
}

function packBrowser(folder: string): void {
  const libraries = join(folder, 'lib');
  mkdirSync(libraries, { recursive: true });
  for (const name of readdirSync(browserFolder))
    if (browserFiles.some((pattern) => pattern.test(name)))
      cpSync(join(browserFolder, name), join(folder, name));
  const needed = ['chromium-headless-shell', 'libEGL.so'].flatMap((name) =>
    librariesOf(join(browserFolder, name)),
  );
  const [first = ''] = needed;
  const hidden = hiddenLibraries.map((name) => join(dirname(first), `${name}.so`)).filter(existsSync);
  for (const library of new Set([...needed, ...hidden]))
    cpSync(library, join(libraries, basename(library)), { dereference: true });
}

function librariesOf(file: string): readonly string[] {
  const lines = execFileSync('ldd', [file], { encoding: 'utf8' }).split('\n');
  const paths = lines.flatMap((line) => /=> (\/\S+)/.exec(line)?.[1] ?? []);
  return paths.filter((path) => !ownLibraries.test(path));
}

function packLoaders(folder: string): void {
  mkdirSync(folder);
  shell('cd "$1" && shift && apt-get download -qq "$@"', folder, ...loaders);
}

const shell = (script: string, ...words: readonly string[]) =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script, 'pack', ...words], { stdio: 'inherit' });
