/**
 * FastAPI reads `"25"`, `25.0` and `"yes"` as what they mean; so do we, before the schema looks at the value. What cannot be read so is left as
 * it is, for the schema to refuse.
 */
import type { z } from 'zod';

const wholeNumber = /^\s*[+-]?\d+(?:\.0*)?\s*$/;
const anyNumber = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const truths = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const untruths = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

/** `input` with every field brought to its schema's type where it can be; fields that the schema does not know are dropped. */
export function readLax(
  schema: z.ZodObject,
  input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const fields = Object.entries(shape).filter(([name]) => input[name] !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, readField(field, input[name])]));
}

function readField(field: z.core.$ZodType, value: unknown): unknown {
  switch (fieldKind(field)) {
    case 'int':
      return typeof value === 'string' && wholeNumber.test(value) ? Number(value) : value;
    case 'float':
    case 'rate':
      return typeof value === 'string' && anyNumber.test(value) ? Number(value) : value;
    case 'boolean':
      return readBoolean(value);
    case 'other':
      return value;
  }
}

function readBoolean(value: unknown): unknown {
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
  if (truths.has(word)) return true;
  return untruths.has(word) ? false : value;
}

/** `rate`: a whole number with exceptions, whose faults are told as those of a whole number. */
export type FieldKind = 'int' | 'float' | 'rate' | 'boolean' | 'other';

/** What a field holds, beneath its default and null. */
export function fieldKind(field: z.core.$ZodType): FieldKind {
  const { def } = field._zod as {
    def: z.core.$ZodTypeDef & {
      innerType?: z.core.$ZodType;
      format?: string;
      checks?: z.core.$ZodCheck[];
      values?: readonly unknown[];
    };
  };
  if (def.innerType) return fieldKind(def.innerType);
  if (def.type === 'boolean') return 'boolean';
  if (def.type === 'literal' && def.values?.every((value) => Number.isInteger(value))) return 'int';
  if (def.type !== 'number') return 'other';
  if (def.format === 'safeint') return 'int';
  return def.checks?.some(({ _zod }) => wantsWhole(_zod.def)) ? 'rate' : 'float';
}

const wantsWhole = (check: z.core.$ZodCheckDef & { params?: Readonly<Record<string, unknown>> }) =>
  check.params?.['type'] === 'int_from_float';
