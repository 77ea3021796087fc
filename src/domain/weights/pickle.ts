/**
 * Python's pickle, protocols 2 to 5, read without executing anything: what would be a call becomes plain data when its name is on a list, and
 * an error otherwise. https://github.com/python/cpython/blob/main/Lib/pickletools.py describes the opcodes.
 */
import { AppError } from '../errors.ts';
import { PickleBytes } from './pickle-bytes.ts';

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Tuple
  | Dict
  | Named
  | Made
  | object;

export class Tuple {
  readonly items: readonly PickleValue[];
  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** Keys may be anything. */
export class Dict {
  readonly entries = new Map<PickleValue, PickleValue>();
}

/** A class or function that the file names. Only the name is kept. */
export class Named {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** An object of a class that is passed over. */
export class Made {
  readonly of: Named;
  state: PickleValue = null;
  constructor(of: Named) {
    this.of = of;
  }
}

export interface PickleRules {
  /** For messages. */
  readonly fileName: string;
  /** Whether the file may name this (`module.name`) at all. */
  readonly mayName: (name: string) => boolean;
  /** What stands for a call of it. */
  readonly call: (name: Named, args: readonly PickleValue[]) => PickleValue;
  /** What stands for a reference out of the pickle. */
  readonly refer: (id: PickleValue) => PickleValue;
}

/** More values than a checkpoint of ten thousand tensors has. */
const operationLimit = 5_000_000;

/** Throws `file-corrupt` for what is no pickle, `model-unsupported` naming what the file wants to call. */
export function readPickle(bytes: Uint8Array, rules: PickleRules): PickleValue {
  const machine = new Machine(new PickleBytes(bytes, rules.fileName), rules);
  for (let count = 0; count < operationLimit; count++) {
    if (machine.step()) return machine.result();
  }
  throw new AppError('file-corrupt', `${rules.fileName} holds an endless pickle.`);
}

const mark = Symbol('mark');

class Machine {
  private readonly input: PickleBytes;
  private readonly rules: PickleRules;
  private readonly stack: (PickleValue | typeof mark)[] = [];
  private readonly memo = new Map<number, PickleValue>();

  constructor(input: PickleBytes, rules: PickleRules) {
    this.input = input;
    this.rules = rules;
  }

  result(): PickleValue {
    return this.pop();
  }

  /** One opcode; true at the end. */
  step(): boolean {
    const code = this.input.byte();
    const operation = operations[code];
    if (code === 0x2e) return true;
    if (!operation) throw this.input.invalid(`it holds the unknown operation ${code}`);
    operation(this, this.input);
    return false;
  }

  push(value: PickleValue | typeof mark): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined || value === mark) throw this.input.invalid('it takes more than there is');
    return value;
  }

  /** Removes one thing, be it a mark. */
  drop(): void {
    if (this.stack.pop() === undefined) throw this.input.invalid('it takes more than there is');
  }

  top(): PickleValue {
    const value = this.pop();
    this.stack.push(value);
    return value;
  }

  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  popToMark(): PickleValue[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) throw this.input.invalid('it takes more than there is');
    return this.stack.splice(at).slice(1) as PickleValue[];
  }

  remember(index = this.memo.size): void {
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.input.invalid('it refers to what is not there');
    this.push(value);
  }

  name(module: string, name: string): void {
    const full = `${module}.${name}`;
    if (!this.rules.mayName(full)) throw forbidden(this.rules.fileName, full);
    this.push(new Named(full));
  }

  call(): void {
    const args = this.pop();
    const named = this.pop();
    if (!(args instanceof Tuple)) throw this.input.invalid('it calls without arguments');
    if (!(named instanceof Named)) throw this.input.invalid('it calls what is no function');
    this.push(this.rules.call(named, args.items));
  }

  refer(): void {
    this.push(this.rules.refer(this.pop()));
  }

  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof Made) target.state = state;
    else if (!(target instanceof Dict)) throw this.input.invalid('it fills what cannot be filled');
  }

  setItems(pairs: readonly PickleValue[]): void {
    const dict = this.top();
    if (dict instanceof Made) return;
    if (!(dict instanceof Dict) || pairs.length % 2 === 1) throw this.input.invalid('it fills no table');
    for (let at = 0; at < pairs.length; at += 2) dict.entries.set(pairs[at]!, pairs[at + 1]!);
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top();
    if (list instanceof Made) return;
    if (!Array.isArray(list)) throw this.input.invalid('it adds to what is no list');
    for (const value of values) list.push(value);
  }
}

export function forbidden(fileName: string, name: string): AppError {
  const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return new AppError(
    'model-unsupported',
    `${fileName} asks for ${shown}, which no file of weights needs. Nothing of it was run; do not trust this file.`,
  );
}

const textOf = (value: PickleValue | undefined) => (typeof value === 'string' ? value : '(no name)');

type Operation = (machine: Machine, input: PickleBytes) => void;

const operations: Readonly<Record<number, Operation>> = {
  0x80: (_, input) => input.skip(1), // PROTO
  0x95: (_, input) => input.skip(8), // FRAME
  0x28: (m) => m.push(mark), // MARK
  0x30: (m) => m.drop(), // POP
  0x31: (m) => void m.popToMark(), // POP_MARK
  0x32: (m) => m.push(m.top()), // DUP
  0x4e: (m) => m.push(null), // NONE
  0x88: (m) => m.push(true), // NEWTRUE
  0x89: (m) => m.push(false), // NEWFALSE
  0x4a: (m, input) => m.push(input.int32()), // BININT
  0x4b: (m, input) => m.push(input.byte()), // BININT1
  0x4d: (m, input) => m.push(input.uint16()), // BININT2
  0x8a: (m, input) => m.push(input.long(input.byte())), // LONG1
  0x8b: (m, input) => m.push(input.long(input.uint32())), // LONG4
  0x47: (m, input) => m.push(input.float64()), // BINFLOAT
  0x58: (m, input) => m.push(input.text(input.uint32())), // BINUNICODE
  0x8c: (m, input) => m.push(input.text(input.byte())), // SHORT_BINUNICODE
  0x8d: (m, input) => m.push(input.text(input.uint64())), // BINUNICODE8
  0x54: (m, input) => m.push(input.text(input.uint32())), // BINSTRING
  0x55: (m, input) => m.push(input.text(input.byte())), // SHORT_BINSTRING
  0x42: (m, input) => m.push(input.bytes(input.uint32())), // BINBYTES
  0x43: (m, input) => m.push(input.bytes(input.byte())), // SHORT_BINBYTES
  0x8e: (m, input) => m.push(input.bytes(input.uint64())), // BINBYTES8
  0x7d: (m) => m.push(new Dict()), // EMPTY_DICT
  0x5d: (m) => m.push([]), // EMPTY_LIST
  0x29: (m) => m.push(new Tuple([])), // EMPTY_TUPLE
  0x8f: (m) => m.push([]), // EMPTY_SET
  0x85: (m) => m.push(new Tuple(m.popMany(1))), // TUPLE1
  0x86: (m) => m.push(new Tuple(m.popMany(2))), // TUPLE2
  0x87: (m) => m.push(new Tuple(m.popMany(3))), // TUPLE3
  0x74: (m) => m.push(new Tuple(m.popToMark())), // TUPLE
  0x6c: (m) => m.push(m.popToMark()), // LIST
  0x91: (m) => m.push(m.popToMark()), // FROZENSET
  0x71: (m, input) => m.remember(input.byte()), // BINPUT
  0x72: (m, input) => m.remember(input.uint32()), // LONG_BINPUT
  0x94: (m) => m.remember(), // MEMOIZE
  0x68: (m, input) => m.recall(input.byte()), // BINGET
  0x6a: (m, input) => m.recall(input.uint32()), // LONG_BINGET
  0x63: (m, input) => m.name(input.line(), input.line()), // GLOBAL
  0x93: (m) => {
    const [module, name] = m.popMany(2);
    m.name(textOf(module), textOf(name));
  }, // STACK_GLOBAL
  0x52: (m) => m.call(), // REDUCE
  0x81: (m) => m.call(), // NEWOBJ
  0x92: (m) => {
    m.pop();
    m.call();
  }, // NEWOBJ_EX
  0x62: (m) => m.build(), // BUILD
  0x51: (m) => m.refer(), // BINPERSID
  0x73: (m) => m.setItems(m.popMany(2)), // SETITEM
  0x75: (m) => m.setItems(m.popToMark()), // SETITEMS
  0x61: (m) => m.append([m.pop()]), // APPEND
  0x65: (m) => m.append(m.popToMark()), // APPENDS
  0x90: (m) => m.append(m.popToMark()), // ADDITEMS
};
