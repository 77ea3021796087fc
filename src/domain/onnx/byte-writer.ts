import { toUtf8 } from './utf8.ts';
import type { Pieces } from './wire.ts';

/** What is at least this long stays where it is, as a piece of its own; less is copied. */
const pieceBytes = 128;

/** Bytes that follow each other. A graph has tens of thousands of fields: an array for each would keep the garbage collector busy. */
export class ByteWriter {
  private buffer = new Uint8Array(256);
  private used = 0;
  private readonly pieces: Uint8Array[] = [];
  private pieceLength = 0;
  private inner: ByteWriter | undefined;

  get length(): number {
    return this.pieceLength + this.used;
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.used++] = value;
  }

  /** Negative numbers fill all 64 bits. */
  varint(value: number): void {
    if (value < 0) return this.negative(value);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  float32(value: number): void {
    this.reserve(4);
    new DataView(this.buffer.buffer).setFloat32(this.used, value, true);
    this.used += 4;
  }

  text(value: string): void {
    this.reserve(value.length);
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      if (code > 127) return this.bytes(toUtf8(value.slice(at)));
      this.buffer[this.used++] = code;
    }
  }

  bytes(value: Uint8Array): void {
    if (value.length >= pieceBytes) {
      this.flush();
      this.addPiece(value);
      return;
    }
    this.reserve(value.length);
    this.buffer.set(value, this.used);
    this.used += value.length;
  }

  /** For what has to be counted before it is written. Empty; the same one each time. */
  child(): ByteWriter {
    const inner = (this.inner ??= new ByteWriter());
    inner.used = 0;
    inner.pieces.length = 0;
    inner.pieceLength = 0;
    return inner;
  }

  /** What a child holds. */
  append(child: ByteWriter): void {
    for (const piece of child.pieces) this.bytes(piece);
    const rest = child.buffer.subarray(0, child.used);
    // The child's memory is used again.
    this.bytes(rest.length >= pieceBytes ? rest.slice() : rest);
  }

  finish(): Pieces {
    this.flush();
    return { parts: [...this.pieces], length: this.pieceLength };
  }

  private negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.byte(Number(rest & 127n) | 128);
    this.byte(Number(rest));
  }

  private flush(): void {
    if (this.used > 0) this.addPiece(this.buffer.slice(0, this.used));
    this.used = 0;
  }

  private addPiece(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.pieceLength += piece.length;
  }

  private reserve(count: number): void {
    if (this.used + count <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.used + count));
    larger.set(this.buffer.subarray(0, this.used));
    this.buffer = larger;
  }
}
