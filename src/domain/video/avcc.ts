/**
 * The `avcC` of an MP4 (ISO/IEC 14496-15, 5.3.3.1): with which parameter sets a player begins to decode H.264. Firefox's encoder writes the NAL
 * header of each set twice, which most players pass over and Windows' refuses (https://bugzilla.mozilla.org/show_bug.cgi?id=2031056).
 */

const spsType = 7;
const ppsType = 8;
const nalType = (set: Uint8Array) => set[0]! & 0x1f;

interface ParameterSets {
  readonly head: Uint8Array;
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
  readonly tail: Uint8Array;
}

/** `avcC` as it should be, repaired where each set has its header twice; null where it cannot be read or holds no sets. */
export function soundAvcC(avcC: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const sets = readSets(avcC);
  if (!sets || sets.sps.length === 0 || sets.pps.length === 0) return null;
  // After the header comes the profile, and none has a number that is such a header.
  const doubled = sets.sps.every((set) => nalType(set) === spsType && set[0] === set[1]);
  const repaired = doubled ? { ...sets, sps: sets.sps.map(once), pps: sets.pps.map(once) } : sets;
  return isSound(repaired) ? writeSets(repaired) : null;
}

const once = (set: Uint8Array) => (set[0] === set[1] ? set.subarray(1) : set);

const isSound = ({ sps, pps }: ParameterSets) =>
  sps.every((set) => set.length >= 4 && nalType(set) === spsType) &&
  pps.every((set) => set.length >= 2 && nalType(set) === ppsType);

function readSets(avcC: Uint8Array): ParameterSets | null {
  if (avcC[0] !== 1 || avcC.length < 7) return null;
  const sps = readList(avcC, 6, avcC[5]! & 0x1f);
  if (!sps || sps.end >= avcC.length) return null;
  const pps = readList(avcC, sps.end + 1, avcC[sps.end]!);
  return pps && { head: avcC.subarray(0, 6), sps: sps.sets, pps: pps.sets, tail: avcC.subarray(pps.end) };
}

/** Each set after its length in two bytes. */
function readList(
  bytes: Uint8Array,
  start: number,
  count: number,
): { sets: Uint8Array[]; end: number } | null {
  const sets: Uint8Array[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length) return null;
    const length = bytes[at]! * 256 + bytes[at + 1]!;
    if (at + 2 + length > bytes.length) return null;
    sets.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return { sets, end: at };
}

function writeSets({ head, sps, pps, tail }: ParameterSets): Uint8Array<ArrayBuffer> {
  const list = (sets: readonly Uint8Array[]) =>
    sets.flatMap((set) => [set.length >> 8, set.length & 255, ...set]);
  // Profile, compatibility and level stand in the first set too, and must be the same.
  const [, profile, compatibility, level] = sps[0]!;
  const [version, , , , lengthSize, spsCount] = head;
  const reserved = [lengthSize! | 0b1111_1100, spsCount! | 0b1110_0000];
  const first = [version!, profile!, compatibility!, level!, ...reserved];
  return new Uint8Array([...first, ...list(sps), pps.length, ...list(pps), ...tail]);
}
