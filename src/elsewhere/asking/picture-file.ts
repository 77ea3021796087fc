/** Pictures as machines send them: checked before they are believed. */
import { AppError } from '../../domain/errors.ts';
import { pictureSize, type PictureSize } from '../../domain/recipe/carriers/picture-size.ts';
import { isIntact, isPng, walkPng } from '../../domain/recipe/png-chunks.ts';
import { decodeLatin1 } from '../../domain/recipe/text-bytes.ts';
import { fromBase64 } from '../../engine/base64.ts';
import type {
  MachineDifference,
  MachineDraw,
  MachineModel,
  MachinePicture,
} from '../../engine/machine-protocol.ts';
import type { AdapterTools } from './adapter.ts';
import { machineError } from './trouble.ts';

type Settings = MachineDraw['settings'];

/** What the machine says that it drew with; what it does not say is left out. */
export interface ToldSettings {
  readonly seed?: number | undefined;
  readonly steps?: number | undefined;
  readonly guidanceScale?: number | undefined;
  readonly model?: MachineModel | undefined;
  /** The machine takes seeds as they are, and does not tell them. */
  readonly seedIsKept?: boolean;
}

/** Throws `machine-answer` for what is no whole picture. */
export function madePicture(
  tools: AdapterTools,
  { settings, model }: MachineDraw,
  picture: string | Uint8Array<ArrayBuffer>,
  told: ToldSettings,
  drawMs: number,
): MachinePicture {
  const bytes = typeof picture === 'string' ? fromBase64(picture) : picture;
  const size = bytes && wholeSize(bytes);
  if (!size) throw machineError(tools.machine.kind, 'machine-answer', 'What came is no whole picture.');
  const used = usedSettings(settings, told, size);
  const { id, name, revision } = told.model ?? { id: model, name: model, revision: '' };
  return {
    file: new Blob([bytes], { type: typeOf(bytes) }),
    settings: used,
    model: { id, name, revision },
    differs: differences(settings, used, told, id !== model),
    drawMs,
  };
}

function usedSettings(asked: Settings, told: ToldSettings, { width, height }: PictureSize): Settings {
  const { seed = asked.seed, steps = asked.steps, guidanceScale = asked.guidanceScale } = told;
  return { ...asked, seed, steps, guidanceScale, width, height };
}

function differences(
  asked: Settings,
  used: Settings,
  { seed, seedIsKept }: ToldSettings,
  otherModel: boolean,
): readonly MachineDifference[] {
  const found: [MachineDifference, boolean][] = [
    ['seed', used.seed !== asked.seed],
    ['seed-unknown', seed === undefined && !seedIsKept],
    ['size', used.width !== asked.width || used.height !== asked.height],
    ['steps', used.steps !== asked.steps],
    ['model', otherModel],
  ];
  return found.flatMap(([what, differs]) => (differs ? [what] : []));
}

/** Pixels; null for what is cut off, damaged or no picture. */
function wholeSize(bytes: Uint8Array): PictureSize | null {
  const size = pictureSize(bytes);
  if (!size || size.width === 0 || size.height === 0) return null;
  return isWhole(bytes) ? size : null;
}

function isWhole(bytes: Uint8Array): boolean {
  if (isPng(bytes)) return isWholePng(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isJpeg(bytes)) return view.getUint16(bytes.length - 2) === 0xffd9;
  if (isWebp(bytes)) return view.getUint32(4, true) + 8 <= bytes.length;
  return true;
}

function isWholePng(bytes: Uint8Array): boolean {
  try {
    const chunks = [...walkPng(bytes)];
    return chunks.some(({ type }) => type === 'IDAT') && chunks.every((chunk) => isIntact(bytes, chunk));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8;
const isWebp = (bytes: Uint8Array) => decodeLatin1(bytes.subarray(8, 12)) === 'WEBP';

function typeOf(bytes: Uint8Array): string {
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  return isWebp(bytes) ? 'image/webp' : 'image/avif';
}

/** As AUTOMATIC1111 and sd-server write it into their PNGs. */
export function seedWritten(picture: string): number | undefined {
  const bytes = fromBase64(picture);
  if (!bytes || !isPng(bytes)) return undefined;
  try {
    for (const { type, data } of walkPng(bytes)) {
      const seed = /[\n,] ?Seed: (\d+)/.exec(type === 'tEXt' ? decodeLatin1(data) : '')?.[1];
      if (seed !== undefined) return Number(seed);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error; // Damaged: told where the picture is checked.
  }
  return undefined;
}
