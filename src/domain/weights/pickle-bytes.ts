import { AppError } from '../errors.ts';
import { decodeUtf8 } from '../recipe/text-bytes.ts';

/** A pickle's bytes, taken one after the other. Every method throws `file-corrupt` at the end. */
export class PickleBytes {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private readonly fileName: string;
  private at = 0;

  constructor(data: Uint8Array, fileName: string) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.fileName = fileName;
  }

  byte(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  uint64(): number {
    return this.uint32() + this.uint32() * 2 ** 32;
  }

  /** Big-endian, the only number that is. */
  float64(): number {
    return this.view.getFloat64(this.take(8), false);
  }

  /** Two's complement, little-endian; a number where it is exact. Longer ones than numpy's are no part of any checkpoint. */
  long(length: number): number | bigint {
    if (length > 32) throw this.invalid('it holds an absurdly long number');
    const bytes = this.bytes(length);
    const digits = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const value = BigInt.asIntN(8 * length, digits);
    return BigInt.asIntN(53, value) === value ? Number(value) : value;
  }

  bytes(length: number): Uint8Array {
    const start = this.take(length);
    return this.data.subarray(start, start + length);
  }

  text(length: number): string {
    return decodeUtf8(this.bytes(length));
  }

  /** Up to a line feed. */
  line(): string {
    const end = this.data.indexOf(10, this.at);
    if (end < 0) throw this.invalid('it ends in the middle');
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  skip(length: number): void {
    this.take(length);
  }

  invalid(what: string): AppError {
    return new AppError('file-corrupt', `${this.fileName} holds a damaged pickle: ${what}.`);
  }

  private take(length: number): number {
    const start = this.at;
    if (length > this.data.length - start) throw this.invalid('it ends in the middle');
    this.at += length;
    return start;
  }
}
