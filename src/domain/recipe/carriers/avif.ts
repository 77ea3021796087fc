/** A picture of AV1 as an AVIF file (AVIF 1.1, on HEIF, ISO/IEC 23008-12, on the box format of ISO/IEC 14496-12), with what it tells beside it. */
import { AppError } from '../../errors.ts';
import { encodeLatin1, encodeUtf8 } from '../text-bytes.ts';
import { joinBytes } from '../png-chunks.ts';
import { exifWith, type ExifTexts } from './exif.ts';
import { madeByMachine } from './origin-note.ts';

export interface Av1Picture {
  readonly width: number;
  readonly height: number;
  /** A temporal unit with one key frame, 8 bits, 4:2:0: BT.709 primaries and matrix, limited range, sRGB's transfer. */
  readonly av1: Uint8Array;
}

interface Item {
  readonly id: number;
  readonly type: string;
  /** Of `mime` items. */
  readonly contentType?: string;
  readonly data: Uint8Array;
}

const pictureId = 1;

/** Throws `encoder-failed` for a stream without the heads that a reader needs. */
export function avifWith(
  { width, height, av1 }: Av1Picture,
  texts: ExifTexts | null,
): Uint8Array<ArrayBuffer> {
  const stream = obus(av1).filter(
    ({ type }) => type !== obuTypes.temporalDelimiter && type !== obuTypes.padding,
  );
  const head = stream.find(({ type }) => type === obuTypes.sequenceHeader);
  if (!head) throw unusable();
  const items: Item[] = [
    { id: pictureId, type: 'av01', data: joinBytes(stream.map(({ whole }) => whole)) },
    // Four bytes say how far ahead the TIFF head is: it follows at once.
    ...(texts ? [{ id: 2, type: 'Exif', data: joinBytes([new Uint8Array(4), exifWith(texts)]) }] : []),
    { id: 3, type: 'mime', contentType: 'application/rdf+xml', data: encodeUtf8(madeByMachine) },
  ];
  const brand = box('ftyp', [encodeLatin1('avif'), u32(0), encodeLatin1('avifmif1miafMA1B')]);
  const meta = (dataStart: number) =>
    fullBox('meta', 0, [
      fullBox('hdlr', 0, [u32(0), encodeLatin1('pict'), new Uint8Array(13)]),
      fullBox('pitm', 0, [u16(pictureId)]),
      itemPlaces(items, dataStart),
      fullBox('iinf', 0, [u16(items.length), ...items.map(itemEntry)]),
      fullBox('iref', 0, items.filter(({ id }) => id !== pictureId).map(describesPicture)),
      box('iprp', [properties(width, height, head.body), associations()]),
    ]);
  const dataStart = brand.length + meta(0).length + boxHeadBytes;
  return joinBytes([
    brand,
    meta(dataStart),
    box(
      'mdat',
      items.map(({ data }) => data),
    ),
  ]);
}

const boxHeadBytes = 8;

/** Where each item lies in the file: offsets and lengths of four bytes. */
function itemPlaces(items: readonly Item[], dataStart: number): Uint8Array {
  let at = dataStart;
  const places = items.map(({ id, data }) => {
    const place = joinBytes([u16(id), u16(0), u16(1), u32(at), u32(data.length)]);
    at += data.length;
    return place;
  });
  return fullBox('iloc', 0, [Uint8Array.of(0x44, 0), u16(items.length), ...places]);
}

const itemEntry = ({ id, type, contentType }: Item) =>
  fullBox('infe', 2, [
    ...[u16(id), u16(0), encodeLatin1(type), encodeLatin1('\0')],
    ...(contentType === undefined ? [] : [encodeLatin1(`${contentType}\0`)]),
  ]);

const describesPicture = ({ id }: Item) => box('cdsc', [u16(id), u16(1), u16(pictureId)]);

function properties(width: number, height: number, sequenceHeader: Uint8Array): Uint8Array {
  return box('ipco', [
    fullBox('ispe', 0, [u32(width), u32(height)]),
    fullBox('pixi', 0, [Uint8Array.of(3, 8, 8, 8)]),
    box('av1C', [codecConfiguration(sequenceHeader)]),
    // Primaries of BT.709, sRGB's transfer, matrix of BT.709, limited range (ITU-T H.273).
    box('colr', [encodeLatin1('nclx'), u16(1), u16(13), u16(1), Uint8Array.of(0)]),
  ]);
}

/** Which of the properties, counted from 1, are the picture's; the decoder's must be understood. */
const associations = () => fullBox('ipma', 0, [u32(1), u16(pictureId), Uint8Array.of(4, 1, 2, 0x83, 4)]);

const obuTypes = { sequenceHeader: 1, temporalDelimiter: 2, padding: 15 } as const;

interface Obu {
  readonly type: number;
  readonly body: Uint8Array;
  readonly whole: Uint8Array;
}

/** The units of an AV1 stream, each of which must tell its size (AV1 specification, 5.3). */
function obus(stream: Uint8Array): Obu[] {
  const found: Obu[] = [];
  for (let start = 0; start < stream.length;) {
    const head = stream[start]!;
    const hasExtension = (head & 4) !== 0;
    if ((head & 2) === 0) throw unusable();
    let at = start + (hasExtension ? 2 : 1);
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = stream[at++] ?? 0;
      size += (byte & 127) * 2 ** shift;
      more = byte > 127 && shift < 49;
    }
    const end = at + size;
    if (end > stream.length) throw unusable();
    found.push({
      type: (head >> 3) & 15,
      body: stream.subarray(at, end),
      whole: stream.subarray(start, end),
    });
    start = end;
  }
  return found;
}

/** `av1C` of a stream of 8 bits in 4:2:0 (AV1 in ISOBMFF 1.3, 2.3), from the sequence header's first fields (AV1 specification, 5.5.1). */
function codecConfiguration(sequenceHeader: Uint8Array): Uint8Array {
  let at = 0;
  const bits = (count: number) => {
    let value = 0;
    for (const end = at + count; at < end; at++)
      value = value * 2 + (((sequenceHeader[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const profile = bits(3);
  bits(1); // still_picture
  const isReduced = bits(1) === 1;
  if (!isReduced) {
    const hasTiming = bits(1) === 1;
    // Encoders of the browsers write none; its length is not a fixed one.
    if (hasTiming) throw unusable();
    bits(1 + 5 + 12); // initial_display_delay_present, operating_points_cnt_minus_1, operating_point_idc
  }
  const level = bits(5);
  const tier = !isReduced && level > 7 ? bits(1) : 0;
  return Uint8Array.of(0x81, (profile << 5) | level, (tier << 7) | 0x0c, 0);
}

const unusable = () => new AppError('encoder-failed', 'The browser’s AV1 cannot be put into a picture file.');

function box(type: string, parts: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes(parts);
  return joinBytes([u32(boxHeadBytes + body.length), encodeLatin1(type), body]);
}

function fullBox(type: string, version: number, parts: readonly Uint8Array[]): Uint8Array {
  return box(type, [Uint8Array.of(version, 0, 0, 0), ...parts]);
}

const u16 = (value: number) => Uint8Array.of(value >> 8, value & 255);
const u32 = (value: number) =>
  Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
